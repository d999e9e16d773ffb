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
        var others = features.replaceAll("(^| )" + Pattern.quote(feature) + "= \\S+", "").strip();
        return String.format(Locale.ROOT, "%d" + BAR + "%s" + BAR + "%s%s= %.6f" + BAR + "%.6f\n", source, text,
                others.isEmpty() ? "" : others + " ", feature, logProbability, score);
    }
}
