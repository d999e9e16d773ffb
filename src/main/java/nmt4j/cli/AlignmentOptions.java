package nmt4j.cli;

import java.util.Optional;
import nmt4j.Failure;
import nmt4j.decoding.Linking;
import nmt4j.decoding.SubwordAttention.Moment;
import picocli.CommandLine.Option;

/// What is made of attention; for `@Mixin`.
final class AlignmentOptions {
    @Option(names = "--alignment", paramLabel = "TYPE",
            description = "Links i-j between source and target words, from 0, as attention has them: hard (the most "
                    + "looked at), a number (all that are looked at as much), or soft (i-j:WEIGHT).")
    private Optional<String> type = Optional.empty();

    @Option(names = "--attention-of", paramLabel = "STEP", defaultValue = "predicting",
            description = "Whose attention is a target word's: that of the step predicting it (default) or reading "
                    + "it.")
    private Moment moment;

    Moment moment() {
        return moment;
    }

    Optional<Linking> linking() {
        return type.map(AlignmentOptions::parse);
    }

    private static Linking parse(String type) {
        if (type.equals("hard")) return new Linking.Hard();
        if (type.equals("soft")) return new Linking.Soft();
        try {
            double weight = Double.parseDouble(type);
            if (weight > 0 && weight <= 1) return new Linking.Threshold(weight);
        } catch (NumberFormatException _) {
            // said below
        }
        throw Failure.mistake("--alignment: '" + type + "', expected hard, soft or a number above 0 and at most 1");
    }
}
