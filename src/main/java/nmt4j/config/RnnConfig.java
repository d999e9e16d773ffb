package nmt4j.config;

import java.util.Optional;

/// Recurrent encoder and decoder, with or without attention.
public record RnnConfig(
        @Key(value = "the recurrence", initial = "lstm") Cell cell,
        @Key(value = "nonlinearity of the Elman cell", initial = "tanh", onlyWith = "cell=elman")
                Optional<CellActivation> activation,
        @Key(value = "start of the recurrent matrices", initial = "orthogonal")
                RecurrentInitialization recurrentInitialization,
        @Key(value = "size of the word vectors", initial = "256", in = "[1, 65536]") int embeddingSize,
        @Key(value = "size of the state, H; of both directions together", initial = "512", in = "[1, 65536]") int modelSize,
        @Key(value = "encoder layers", initial = "1", in = "[1, 256]") int encoderLayers,
        @Key(value = "decoder layers", initial = "1", in = "[1, 256]") int decoderLayers,
        @Key(value = "the encoder reads in both directions", initial = "true") boolean bidirectional,
        @Key(value = "the source is read from its end (Sutskever et al. 2014)", initial = "false")
                boolean reverseSource,
        @Key(value = "residual connections between layers", initial = "false") boolean residual,
        @Key(value = "what a decoder step sees of the source", initial = "luong") ContextConfig context,
        @Key(value = "the decoder's start: zero, the last encoder state, or a tanh layer of it", initial = "tanh")
                Bridge bridge,
        @Key(value = "the layer before the output projection", initial = "tanh") Readout readout,
        @Key(value = "matrices over vocabularies that are one; all needs a shared vocabulary", initial = "none")
                TiedEmbeddings tiedEmbeddings,
        @Key(value = "word vectors of the source to start from; null: random ones", initial = "null")
                Optional<EmbeddingsConfig> sourceEmbeddings,
        @Key(value = "word vectors of the target to start from; null: random ones", initial = "null")
                Optional<EmbeddingsConfig> targetEmbeddings,
        @Key("shares of units left out at random in training") Dropout dropout)
        implements ModelConfig, Checked {

    /// The recurrence.
    public enum Cell {
        /// hₜ = f(W xₜ + U hₜ₋₁ + b) (Elman 1990).
        ELMAN,
        /// hₜ = tanh(W xₜ + U yₜ₋₁ + b), yₜ = tanh(V hₜ + c) (Jordan 1986).
        JORDAN,
        /// Gated recurrent unit (Cho et al. 2014).
        GRU,
        /// Long short-term memory (Hochreiter & Schmidhuber 1997) with forget gate.
        LSTM
    }

    /// The Elman cell's f.
    public enum CellActivation {
        TANH,
        RELU
    }

    /// How recurrent matrices start; identity with ReLU is the IRNN (Le, Jaitly & Hinton 2015).
    public enum RecurrentInitialization {
        XAVIER,
        ORTHOGONAL,
        IDENTITY
    }

    /// Where the decoder starts from.
    public enum Bridge {
        ZERO,
        LAST,
        TANH
    }

    /// The layer before the output projection.
    public enum Readout {
        TANH,
        MAXOUT
    }

    /// Dropout by place.
    public record Dropout(
            @Key(value = "of embeddings", initial = "0.2", in = "[0, 1)") double embedding,
            @Key(value = "between layers", initial = "0.2", in = "[0, 1)") double layer,
            @Key(value = "of inputs and states, one mask a sequence (Gal & Ghahramani 2016)", initial = "0", in = "[0, 1)")
                    double recurrent,
            @Key(value = "of whole words", initial = "0", in = "[0, 1)") double word) {}

    @Override
    public void check(Rules rules) {
        rules.require(() -> !bidirectional || modelSize % 2 == 0,
                () -> modelSize + " is odd; each direction has half of it", "modelSize", "bidirectional");
    }
}
