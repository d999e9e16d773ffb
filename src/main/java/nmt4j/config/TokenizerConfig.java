package nmt4j.config;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/// How a line becomes subwords.
public sealed interface TokenizerConfig {
    /// Share of merges left out at random in training; 0 where there are no merges.
    default double dropout() {
        return 0;
    }

    /// The same with another share of merges left out, where there are merges.
    default TokenizerConfig withDropout(double share) {
        return switch (this) {
            case Word _,Char _ -> this;
            case Bpe(var merges, var codes, _) -> new Bpe(merges, codes, share);
            case RawBpe(var merges, var codes, _) -> new RawBpe(merges, codes, share);
        };
    }

    /// Words between whitespace.
    record Word() implements TokenizerConfig {}

    /// Unicode code points.
    record Char() implements TokenizerConfig {}

    /// Byte pair encoding within whitespace tokens, `@@` marking where a word goes on (Sennrich, Haddow & Birch 2016).
    record Bpe(
            @Key(value = "merges to learn from the training corpora", initial = "8000", in = "[0, ∞)",
                    onlyWith = "codes=null") OptionalInt merges,
            @Key(value = "merges to read, in subword-nmt's format, in place of learning them",
                    initial = "null") Optional<Path> codes,
            @Key(value = "share of merges left out at random in training (Provilkov et al. 2020)", initial = "0",
                    in = "[0, 1)") double dropout)
            implements TokenizerConfig {}

    /// Byte pair encoding of raw text with bytes as its last resort: any line comes back as it was.
    record RawBpe(
            @Key(value = "merges to learn from the training corpora", initial = "8000", in = "[0, ∞)",
                    onlyWith = "codes=null") OptionalInt merges,
            @Key(value = "merges to read in place of learning them", initial = "null") Optional<Path> codes,
            @Key(value = "share of merges left out at random in training (Provilkov et al. 2020)", initial = "0",
                    in = "[0, 1)") double dropout)
            implements TokenizerConfig {}
}
