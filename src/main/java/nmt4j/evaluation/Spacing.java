package nmt4j.evaluation;

import java.util.function.IntPredicate;

/// The substitutions that tokenisers of evaluation are made of, as loops over code points: each finds its matches from
/// left to right without overlap, as a regular expression's global replacement does.
final class Spacing {
    private Spacing() {}

    /// `s/(x)/ $1 /g`
    static String around(String text, IntPredicate x) {
        var spaced = new StringBuilder(2 * text.length());
        for (int i = 0, c; i < text.length(); i += Character.charCount(c)) {
            c = text.codePointAt(i);
            if (x.test(c))
                spaced.append(' ').appendCodePoint(c).append(' ');
            else
                spaced.appendCodePoint(c);
        }
        return spaced.toString();
    }

    /// `s/(x)(y)/$1 $2 /g`
    static String afterBoth(String text, IntPredicate x, IntPredicate y) {
        return pairs(text, x, y, "", " ");
    }

    /// `s/(x)(y)/ $1 $2/g`
    static String beforeBoth(String text, IntPredicate x, IntPredicate y) {
        return pairs(text, x, y, " ", "");
    }

    private static String pairs(String text, IntPredicate x, IntPredicate y, String before, String after) {
        var spaced = new StringBuilder(text.length() + text.length() / 4);
        int i = 0;
        while (i < text.length()) {
            int first = text.codePointAt(i);
            i += Character.charCount(first);
            if (i < text.length() && x.test(first) && y.test(text.codePointAt(i))) {
                int second = text.codePointAt(i);
                i += Character.charCount(second);
                spaced.append(before).appendCodePoint(first).append(' ').appendCodePoint(second).append(after);
            } else {
                spaced.appendCodePoint(first);
            }
        }
        return spaced.toString();
    }
}
