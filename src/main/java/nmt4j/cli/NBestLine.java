package nmt4j.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import nmt4j.Failure;

/// A line of an n-best list in Moses's format: `number ||| text ||| features ||| score`; all after the text may be missing.
///
/// @param source  the number of the source line, from 0
record NBestLine(int source, String text, String features) {
    private static final String BAR = " ||| ";

    /// @param file, line  for messages
    static NBestLine parse(String text, Path file, long line) {
        var parts = text.split(" \\|\\|\\| ?", -1);
        if (parts.length < 2 || !parts[0].strip().matches("[0-9]{1,9}"))
            throw Failure.mistake(file + ": line " + line + ": expected 'NUMBER ||| TEXT ||| …', got '" + text + "'");
        return new NBestLine(Integer.parseInt(parts[0].strip()), parts[1], parts.length > 2 ? parts[2].strip() : "");
    }

    /// The line with a log-probability in the place of the feature of that name, or behind the others.
    String with(String feature, double logProbability, double score) {
        return with(feature, String.format(Locale.ROOT, "%.6f", logProbability),
                String.format(Locale.ROOT, "%.6f", score));
    }

    /// The same for a text that has no log-probability: worse than any that has one.
    String withNone(String feature) {
        return with(feature, "-inf", "-inf");
    }

    private String with(String feature, String logProbability, String score) {
        var others = features.replaceAll("(^| )" + Pattern.quote(feature) + "= \\S+", "").strip();
        return source + BAR + text + BAR + (others.isEmpty() ? "" : others + " ") + feature + "= " + logProbability
                + BAR
                + score + "\n";
    }
}
