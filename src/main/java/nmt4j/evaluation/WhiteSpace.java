package nmt4j.evaluation;

import java.util.ArrayList;
import java.util.List;

/// White space as the metrics' definitions mean it, which is Python's: all of Unicode's, NBSP and the separators U+001C
/// to U+001F included (`Character.isWhitespace` leaves out U+0085, NBSP and U+202F).
final class WhiteSpace {
    private WhiteSpace() {}

    static boolean is(int c) {
        return c <= ' '
                ? c >= '\t' && c <= '\r' || c >= 0x1c && c <= ' '
                : c == 0x85 || c == 0xa0 || c >= 0x1680 && isWide(c);
    }

    private static boolean isWide(int c) {
        return c == 0x1680 || c >= 0x2000 && c <= 0x200a || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f
                || c == 0x3000;
    }

    /// The words between runs of white space.
    static List<String> split(String text) {
        var words = new ArrayList<String>(text.length() / 5 + 1);
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i < text.length() && !is(text.charAt(i)))
                continue;
            if (i > start)
                words.add(text.substring(start, i));
            start = i + 1;
        }
        return words;
    }

    static String strip(String text) {
        int start = 0;
        while (start < text.length() && is(text.charAt(start)))
            start++;
        return stripEnd(text.substring(start));
    }

    static String stripEnd(String text) {
        int end = text.length();
        while (end > 0 && is(text.charAt(end - 1)))
            end--;
        return text.substring(0, end);
    }
}
