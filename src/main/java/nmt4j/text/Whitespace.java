package nmt4j.text;

import java.util.ArrayList;
import java.util.List;

/// What separates words where words are separated by any white space: Unicode's White_Space and U+001C to U+001F, which
/// is what Python's `str.split()` takes (and with it sacreBLEU, JoeyNMT and fairseq); `Character.isWhitespace` leaves out
/// U+0085, U+00A0 and U+202F.
public final class Whitespace {
    private Whitespace() {}

    public static boolean is(int c) {
        if (c <= ' ')
            return c == ' ' || c >= '\t' && c <= '\r' || c >= 0x1C;
        if (c < 0x85) return false; // almost all
        return c == 0x85 || c == 0xA0 || c == 0x1680 || c >= 0x2000 && c <= 0x200A || c == 0x2028 || c == 0x2029
                || c == 0x202F || c == 0x205F || c == 0x3000;
    }

    /// Whether a line holds nothing else.
    public static boolean isBlank(String line) {
        for (int i = 0; i < line.length(); i++)
            if (!is(line.charAt(i)))
                return false;
        return true;
    }

    /// The words that white space separates.
    public static List<String> split(String line) {
        var words = new ArrayList<String>();
        for (int i = 0, start = 0; i <= line.length(); i++)
            if (i == line.length() || is(line.charAt(i))) {
                if (i > start)
                    words.add(line.substring(start, i));
                start = i + 1;
            }
        return words;
    }

    /// How many words white space separates.
    public static int words(String line) {
        int words = 0;
        for (int i = 0; i < line.length(); i++)
            if (!is(line.charAt(i)) && (i == 0 || is(line.charAt(i - 1))))
                words++;
        return words;
    }

    /// Without white space at both ends.
    public static String strip(String text) {
        int start = 0;
        while (start < text.length() && is(text.charAt(start)))
            start++;
        return stripEnd(text.substring(start));
    }

    /// Without white space at the end.
    public static String stripEnd(String text) {
        int end = text.length();
        while (end > 0 && is(text.charAt(end - 1)))
            end--;
        return text.substring(0, end);
    }

    static boolean occursIn(String line) {
        for (int i = 0; i < line.length(); i++)
            if (is(line.charAt(i)))
                return true;
        return false;
    }
}
