package nmt4j.kernel;

/// What a recurrent cell does element by element in one time step, after the products and before those of the next step.
/// Each row is a sentence.
///
/// The pre-activations of a step are overwritten by the activations, and those by the gradients of the pre-activations.
public interface Gates {
    /// Pre-activations for each unit.
    int count();

    /// What `Step.kept` is.
    enum Kept {
        NOTHING,
        /// A second state, with a gradient of its own.
        STATE,
        /// One more pre-activation, overwritten by its gradient.
        INPUT
    }

    default Kept kept() {
        return Kept.NOTHING;
    }

    /// One time step.
    ///
    /// @param gates       [n, count · H]: pre-activations, then activations, then the gradient of the pre-activations
    /// @param kept        [n, H] what else the cell reads or keeps, see `Kept`
    /// @param keptBefore  [n, H] the same of the step before
    /// @param before      [n, H] the output of the step before
    /// @param output      [n, H]
    record Step(Matrix gates, Matrix kept, Matrix keptBefore, Matrix before, Matrix output) {}

    /// The gradients of a time step.
    ///
    /// @param output      [n, H] complete
    /// @param kept        [n, H] complete
    /// @param keptBefore  [n, H] to be added to
    /// @param before      [n, H] to be added to
    record Gradients(Matrix output, Matrix kept, Matrix keptBefore, Matrix before) {}

    /// Rows `from` to `to` of a step.
    void forward(Step step, int from, int to);

    void backward(Step step, Gradients gradients, int from, int to);

    /// h = tanh(a).
    Gates TANH = new ActivationGate(Activation.TANH);
    /// h = max(a, 0).
    Gates RELU = new ActivationGate(Activation.RELU);
    Gates LSTM = new LstmGates();
    Gates GRU = new GruGates();
    Gates MAXOUT = new MaxoutGate();
}
