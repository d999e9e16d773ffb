package nmt4j.tensor;

/// An operation that is carried out step by step, because one step's result enters the next. What does not depend on
/// the order, the gradients of weights above all, waits for `finish` and is computed for all steps at once.
interface StepOperation {
    void forward(int t);

    /// Adds what comes from step t to the gradients of what step t read. The steps come from the last to the first.
    void backward(int t);

    /// After the backward pass of all steps.
    void finish();
}
