package nmt4j.data;

/// A place in the endless sequence of batches: all that a training run must keep to go on where it stopped.
///
/// @param epoch  counted from 1
/// @param batch  counted from 0 within the epoch
public record Position(int epoch, int batch) {

    /// The first batch of the first epoch.
    public static final Position START = new Position(1, 0);

    public Position {
        if (epoch < 1 || batch < 0) throw new IllegalArgumentException("epoch " + epoch + ", batch " + batch);
    }

    Position nextBatch() {
        return new Position(epoch, batch + 1);
    }

    Position nextEpoch() {
        return new Position(epoch + 1, 0);
    }
}
