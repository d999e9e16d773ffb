package nmt4j.config;

/// What a recurrent decoder's step sees of the source.
public sealed interface ContextConfig {
    /// Nothing beyond the start state (Sutskever, Vinyals & Le 2014).
    record None() implements ContextConfig {}

    /// One summary of the source at every step and at the output (Cho et al. 2014).
    record Fixed() implements ContextConfig {}

    /// Additive attention, queried by the previous state (Bahdanau, Cho & Bengio 2015).
    record Bahdanau() implements ContextConfig {}

    /// Multiplicative attention, queried by the current state (Luong, Pham & Manning 2015).
    record Luong(
            @Key(value = "how a state and a source position are compared", initial = "general") Score score,
            @Key(value = "the attentional state is part of the next input", initial = "true") boolean inputFeeding)
            implements ContextConfig {}

    /// The score of Luong, Pham & Manning 2015, section 3.1.
    enum Score {
        DOT,
        GENERAL,
        CONCAT
    }
}
