package nmt4j.data;

/// Batches without end, the next few read and packed on a thread of their own while the present one trains.
///
/// ```java
/// try (var stream = batches.from(state.position())) {
///     while (training) {
///         var batch = stream.next();
///         …
///         if (batch.endsEpoch()) …
///         state = state.at(batch.next());
///     }
/// }
/// ```
public final class BatchStream implements AutoCloseable {
    /// The next batch; what went wrong in making it is thrown here.
    public Batch next() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
