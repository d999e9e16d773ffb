package nmt4j.kernel;

/// What is applied to each element after the bias.
public enum Activation {
    NONE,
    RELU,
    /// x · logistic(2 √(2/π) (x + 0.044715 x³)), the approximation of Hendrycks & Gimpel 2016, section 2.
    GELU,
    TANH,
    LOGISTIC;

    /// Whether the gradient needs the input; the others' can be told from the output.
    public boolean needsInput() {
        return this == GELU;
    }

    /// Whether what the gradient needs is still there when elements of the output have been dropped and the others scaled.
    public boolean outlivesDropout() {
        return this == NONE || this == RELU || needsInput();
    }
}
