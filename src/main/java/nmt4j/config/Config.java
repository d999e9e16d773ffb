package nmt4j.config;

/// Everything that decides a run: same config, same corpora, same bits.
public record Config(
        @Key(value = "every random number of a run is a function of it", initial = "1", in = "[0, ∞)") long seed,
        @Key("corpora, and how their text becomes subwords") DataConfig data,
        @Key(value = "the architecture", initial = "transformer") ModelConfig model,
        @Key("how the model is trained") TrainingConfig training,
        @Key("how translations are searched for") DecodingConfig decoding) {}
