package nmt4j.tensor;

import java.util.function.Supplier;

/// The chunks of truncated backpropagation through time (Williams & Peng 1990): one after the other is computed, goes backward
/// and gives its memory back, so that no more than one is held, besides those that are kept. What was recorded before them is
/// left to `Tape.backward`.
///
/// Each chunk drops out by masks of its own, but for those that are the same in all steps of a sentence.
public final class Chunks implements AutoCloseable {
    private final Tape tape;
    private final int firstMask;
    private int begin;
    private int number;

    public Chunks(Tape tape) {
        this.tape = tape;
        firstMask = tape.numMasks();
        begin = tape.numOperations();
    }

    /// Begins the next chunk.
    public void next() {
        tape.numberMasks(number++, firstMask);
    }

    /// Goes backward through the chunk; where no gradient has come to it, it is forgotten.
    ///
    /// @param carried  copies what the next chunk begins with (`Rows.detached`)
    public <T> T backward(Supplier<T> carried) {
        int end = tape.numOperations();
        var kept = carried.get();
        tape.backward(begin, end);
        return kept;
    }

    /// Leaves the chunk to `Tape.backward`, and what the next one begins with.
    public void keep() {
        begin = tape.numOperations();
    }

    /// What follows is in no chunk.
    @Override
    public void close() {
        tape.numberMasks(0, tape.numMasks());
    }
}
