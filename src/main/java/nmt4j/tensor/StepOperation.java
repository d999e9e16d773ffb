package nmt4j.tensor;

import java.util.List;
import nmt4j.kernel.Matrix;

/// An operation that is carried out step by step, because one step's result enters the next. What does not depend on
/// the order, the gradients of weights above all, waits for `finish` and is computed for all steps at once.
///
/// `forward` and `backward` are called from tiles: they use one core and take no memory.
interface StepOperation {
    /// What the profile calls it.
    String name();

    /// Floats that it needs for each place while it runs.
    default int floats() {
        return 0;
    }

    /// Memory that only the way back needs, besides the sequences'.
    default List<Matrix> scratch() {
        return List.of();
    }

    void forward(Places places, int t);

    /// Takes the memory of all gradients that `backward` writes.
    void prepareBackward();

    /// Adds what comes from step t to the gradients of what step t read. The steps come from the last to the first.
    void backward(Places places, int t);

    /// After the backward pass of all steps.
    default void finish() {}
}
