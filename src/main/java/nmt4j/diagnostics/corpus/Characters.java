package nmt4j.diagnostics.corpus;

import java.text.Normalizer;

/// Looks at the characters of a line, one after another.
final class Characters {
    private static final int LATIN = 1;
    private static final int GREEK = 2;
    private static final int CYRILLIC = 4;

    private Characters() {}

    /// The defects of these characters.
    static int defects(String line) {
        int found = 0;
        int scripts = 0;                                // of the present word
        boolean composed = true;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            int script = script(c);
            if (script == 0) scripts = 0;
            scripts |= script;
            if (Integer.bitCount(scripts & ~Integer.MIN_VALUE) > 1) found |= Defect.MIXED_SCRIPTS.bit();
            if (c >= ' ' && c < 0x7F) continue;
            found |= defect(line, i, c);
            composed &= c < 0x300;
        }
        if (!composed && !Normalizer.isNormalized(line, Normalizer.Form.NFC)) found |= Defect.NOT_NFC.bit();
        return found;
    }

    private static int defect(String line, int i, char c) {
        if (c < 0x80 || c < 0xA0 && !isPartOfMojibake(line, i)) return c == '\t' ? 0 : Defect.CONTROL.bit();
        if (isMojibake(line, i)) return Defect.MOJIBAKE.bit();
        if (c < 0x300) return c == 0xAD ? Defect.INVISIBLE.bit() : 0;
        if (c == 0xFFFD) return Defect.REPLACEMENT_CHARACTER.bit();
        int point = line.codePointAt(i);
        return switch (Character.getType(point)) {
            case Character.PRIVATE_USE -> Defect.PRIVATE_USE.bit();
            case Character.FORMAT -> isJoiner(c) && joinsComplexScript(line, i) ? 0 : Defect.INVISIBLE.bit();
            default -> 0;
        };
    }

    private static boolean isJoiner(char c) {
        return c == 0x200C || c == 0x200D;
    }

    /// Joiners belong to Arabic, to the scripts of India, and to emoji.
    private static boolean joinsComplexScript(String line, int i) {
        return i > 0 && line.charAt(i - 1) >= 0x590;
    }

    /// Whether here begins what reads as one character of UTF-8 if its letters are taken for bytes.
    private static boolean isMojibake(String line, int i) {
        char lead = line.charAt(i);
        int length = lead >= 0xC3 && lead <= 0xDF || lead == 0xC2 ? 2 : lead >= 0xE0 && lead <= 0xEF ? 3
                : lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
        if (length == 0 || i + length > line.length()) return false;
        if (lead != 'Ã' && lead != 'Â' && "‚„“”‘’–—…•".indexOf(line.charAt(i + 1)) >= 0) return false;   // as in ß“
        for (int k = 1; k < length; k++)
            if (!isContinuation(line.charAt(i + k))) return false;
        return true;
    }

    private static boolean isPartOfMojibake(String line, int i) {
        for (int begin = Math.max(0, i - 3); begin < i; begin++)
            if (isMojibake(line, begin)) return true;
        return false;
    }

    /// A byte from 0x80 to 0xBF, read as Latin-1 or as Windows-1252.
    private static boolean isContinuation(char c) {
        return c >= 0x80 && c <= 0xBF || "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ".indexOf(c) >= 0;
    }

    /// A bit for each alphabet whose letters look alike, the sign bit for other letters and marks, 0 between words.
    private static int script(char c) {
        if (c < 0x80) return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' ? LATIN : 0;
        if (c < 0x250) return c >= 0xC0 && c != 0xD7 && c != 0xF7 ? LATIN : 0;
        if (c < 0x370) return Integer.MIN_VALUE;
        if (c < 0x400) return Character.isLetter(c) ? GREEK : 0;
        if (c < 0x530) return Character.isLetter(c) ? CYRILLIC : Integer.MIN_VALUE;
        return c >= 0x1E00 && c < 0x1F00 ? LATIN : Character.isLetter(c) ? Integer.MIN_VALUE : 0;
    }

    /// A hash of the letters and digits of a line, in lower case: equal for lines that differ in case, punctuation and
    /// spaces alone; 0 if there are none.
    static long essence(String line, long seed) {
        long hash = seed;
        boolean empty = true;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c < 0x80 ? (c | 0x20) < 'a' && (c < '0' || c > '9') || (c | 0x20) > 'z'
                    : !Character.isLetterOrDigit(c) && !Character.isSurrogate(c))
                continue;
            hash = (hash ^ (c < 0x80 ? c | 0x20 : Character.toLowerCase(c))) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
            empty = false;
        }
        return empty ? 0 : hash;
    }

    /// A hash of all characters of a line.
    static long hash(String line, long seed) {
        long hash = seed;
        for (int i = 0; i < line.length(); i++) {
            hash = (hash ^ line.charAt(i)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        return hash;
    }
}
