package nmt4j.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nmt4j.Failure;
import nmt4j.config.DecodingConfig;
import nmt4j.config.DecodingConfig.MaxLength;
import nmt4j.decoding.Settings;
import nmt4j.decoding.Settings.Wording;
import nmt4j.decoding.Settings.Wording.Unknown;
import nmt4j.decoding.Stopping;
import nmt4j.text.TextCodec;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How to search for translations, for `@Mixin`; what is not said is as in the model's config.
final class BeamOptions {
    private static final int MOST = 10_000;

    @Option(names = "--beam", paramLabel = "N", description = "Hypotheses kept at each step; 1 is greedy search.")
    private Optional<Integer> beam = Optional.empty();

    @Mixin
    private LengthPenaltyOption penalty;

    @Option(names = "--min-length", paramLabel = "N", defaultValue = "0",
            description = "The fewest subwords of a translation.")
    private int minimum;

    @Option(names = "--max-length", paramLabel = "N",
            description = "The most subwords of a translation (default: as the config says, by the source's length).")
    private Optional<Integer> maximum = Optional.empty();

    @Option(names = "--early-stopping", paramLabel = "WHEN", defaultValue = "bounded",
            description = "When a beam is done: first (as many translations as wanted have ended), full (as many as "
                    + "the beam is wide) or bounded (nothing better can come; the default).")
    private Stopping stopping;

    @Mixin
    private CoverageOptions coverage;

    @Option(names = "--no-repeat-ngram", paramLabel = "N", defaultValue = "0",
            description = "No N subwords in a row come twice in a translation.")
    private int ngram;

    @Option(names = "--repetition-penalty", paramLabel = "X", defaultValue = "1",
            description = "Subwords that are there already are chosen as if their log-probability were X times as "
                    + "low; what is reported stays the model's.")
    private double repetition;

    @Option(names = "--no-unknown", description = "No unknown words in translations.")
    private boolean noUnknown;

    @Option(names = "--forbid", paramLabel = "PHRASE",
            description = "No translation holds the subwords of this; may be repeated.")
    private List<String> forbidden = List.of();

    /// The config with these options in place of what it says, and what goes beyond it.
    ///
    /// @param target  how phrases become ids
    Settings settings(DecodingConfig config, TextCodec target) {
        require(ngram >= 0, "--no-repeat-ngram", ngram, "at least 1, or 0 for none");
        require(repetition >= 1, "--repetition-penalty", repetition, "at least 1");
        return new Settings(settings(config), stopping, coverage.penalty(), coverage.attention(), minimum(),
                new Wording(ngram, repetition, noUnknown ? Unknown.FORBIDDEN : Unknown.ALLOWED, phrases(target)));
    }

    private List<int[]> phrases(TextCodec target) {
        var phrases = new ArrayList<int[]>();
        for (var phrase : forbidden) {
            var ids = target.encode(phrase);
            require(!phrase.isBlank() && ids.length > 0, "--forbid", "'" + phrase + "'", "some text");
            require(!target.hasUnknown(ids), "--forbid", "'" + phrase + "'",
                    "text that the model's vocabulary has (--no-unknown forbids all unknown words)");
            phrases.add(ids);
        }
        return phrases;
    }

    private DecodingConfig settings(DecodingConfig config) {
        int size = beam.orElse(config.beamSize());
        requireHypotheses("--beam", size);
        require(maximum.orElse(1) >= 1 && maximum.orElse(minimum()) >= minimum() && maximum.orElse(1) <= MOST,
                "--max-length", maximum.orElse(0), "1 to 10,000, and at least --min-length");
        return new DecodingConfig(size, penalty.of(config),
                maximum.map(most -> new MaxLength(0, most)).orElse(config.maxLength()));
    }

    /// Whether it is said how wide a beam is.
    boolean hasSize() {
        return beam.isPresent();
    }

    /// Whether it is said how wide a beam is, or when it is done.
    boolean hasWidth() {
        return hasSize() || stopping != Stopping.BOUNDED;
    }

    /// The fewest subwords of a translation.
    private int minimum() {
        require(minimum >= 0 && minimum <= MOST, "--min-length", minimum, "0 to 10,000");
        return minimum;
    }

    /// More of a sentence than this are a slip of the finger, and more than memory holds.
    static void requireHypotheses(String option, int number) {
        require(number >= 1 && number <= MOST, option, number, "1 to 10,000");
    }

    static void require(boolean holds, String option, Object got, String expected) {
        if (!holds) throw Failure.mistake(option + ": " + got + ", expected " + expected);
    }
}
