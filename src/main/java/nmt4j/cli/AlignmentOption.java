package nmt4j.cli;

import java.util.Optional;
import nmt4j.Failure;
import nmt4j.decoding.Linking;
import picocli.CommandLine.Option;

/// How attention becomes links between words; for `@Mixin`.
final class AlignmentOption {
    @Option(names = "--alignment", paramLabel = "TYPE",
            description = "Links i-j between source and target words, from 0, as attention has them: hard (the most "
                    + "looked at), a number (all that are looked at as much), or soft (i-j:WEIGHT).")
    private Optional<String> type = Optional.empty();

    Optional<Linking> linking() {
        return type.map(AlignmentOption::parse);
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
