package nmt4j.evaluation;

import java.util.List;
import java.util.Locale;
import nmt4j.text.Whitespace;

/// Tercom's way to cut a line into words, under TER's settings.
record TercomTokenizer(Ter settings) {
    private static final String PUNCTUATION = ".,?:;!\"()";
    private static final String FULL_WIDTH_PUNCTUATION = "．，？：；！＂（）";

    List<String> tokenize(String line) {
        var text = Whitespace.stripEnd(line);
        if (!settings.caseSensitive())
            text = text.toLowerCase(Locale.ROOT);
        if (settings.normalized() && !text.isEmpty())
            text = normalize(text);
        if (settings.noPunct())
            text = without(text);
        return Whitespace.split(text);
    }

    /// As sacreBLEU treats references (but not hypotheses): what came out goes in again. It shows where the first pass
    /// brings a rule's pattern about, as when `it's` comes to stand before a plain space.
    List<String> tokenizeTwice(String line) {
        return tokenize(String.join(" ", tokenize(line)));
    }

    private String normalize(String text) {
        text = Mteval.resolveEntities(text.replace("\n-", "").replace('\n', ' '));
        text = Mteval.separatePunctuation(' ' + text + ' ').replace("'s ", " 's ");
        text = Mteval.separateNumbers(text);
        return settings.asianSupport() ? Spacing.around(text, TercomTokenizer::standsAlone) : text;
    }

    private String without(String text) {
        var kept = new StringBuilder(text.length());
        text.codePoints().filter(c -> !isRemoved(c)).forEach(kept::appendCodePoint);
        return kept.toString();
    }

    private boolean isRemoved(int c) {
        return PUNCTUATION.indexOf(c) >= 0 || settings.asianSupport() && isAsianPunctuation(c);
    }

    /// Ideographs and what goes with them. (Tercom splits runs of kana too, but only in a line that is all kana and has
    /// no space, and normalisation has put spaces at both ends by then.)
    private static boolean standsAlone(int c) {
        return c >= 0x4e00 && c <= 0x9fff || c >= 0x3400 && c <= 0x4dbf     // unified ideographs
                || c >= 0x31c0 && c <= 0x31ef || c >= 0x2e80 && c <= 0x2eff // strokes, radicals
                || c >= 0x3300 && c <= 0x33ff || c >= 0xf900 && c <= 0xfaff // compatibility
                || c >= 0xfe30 && c <= 0xfe4f
                || c >= 0x3200 && c <= 0x3f22                               // enclosed letters (3f22 as in sacreBLEU)
                || isAsianPunctuation(c);
    }

    private static boolean isAsianPunctuation(int c) {
        return c == 0x3001 || c == 0x3002 || c >= 0x3008 && c <= 0x3011 || c >= 0x3014 && c <= 0x301f
                || c >= 0xff61 && c <= 0xff65 || c == 0x30fb || FULL_WIDTH_PUNCTUATION.indexOf(c) >= 0;
    }
}
