package nmt4j.config;

/// How translations are searched for.
public record DecodingConfig(
        @Key(value = "hypotheses kept at each step, K; 1 is greedy search", initial = "5",
                in = "[1, 1000]") int beamSize,
        @Key(value = "how hypotheses of different lengths are compared",
                initial = "gnmt") LengthPenaltyConfig lengthPenalty,
        @Key("longest translation: factor · source length + extra, in subwords") MaxLength maxLength) {

    /// The longest translation, factor · S + extra.
    public record MaxLength(
            @Key(value = "subwords for each of the source", initial = "2", in = "[0, 100]") double factor,
            @Key(value = "subwords more", initial = "20", in = "[1, 10000]") int extra) {}
}
