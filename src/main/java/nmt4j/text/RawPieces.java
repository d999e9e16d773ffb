package nmt4j.text;

import java.util.ArrayList;
import java.util.List;

/// Cuts a raw line into the pieces that no merge crosses: runs of letters (with their combining marks), single digits,
/// runs of punctuation and symbols, and runs of white space. A piece takes one space before it along; of several spaces
/// the others are a piece of their own. The pieces one after the other are the line.
final class RawPieces {
    /// Longer runs are cut, so that the work for a piece is bounded.
    private static final int LONGEST = 64;

    private enum Kind { LETTERS, DIGIT, SYMBOLS, SPACES }

    private RawPieces() {}

    static List<String> of(String line) {
        var pieces = new ArrayList<String>();
        for (int i = 0, end; i < line.length(); i = end) {
            end = end(line, i);
            pieces.add(line.substring(i, end));
        }
        return pieces;
    }

    private static int end(String line, int start) {
        int next = start + 1;
        if (line.charAt(start) != ' ')
            return endOfRun(line, start);
        if (next == line.length() || line.charAt(next) != ' ')
            return next == line.length() ? next : endOfRun(line, next);
        int end = next;
        while (end < line.length() && line.charAt(end) == ' ' && end - start < LONGEST)
            end++;
        boolean wordFollows = end < line.length() && line.charAt(end) != ' ';
        return wordFollows ? end - 1 : end;
    }

    private static int endOfRun(String line, int start) {
        var kind = kind(line.codePointAt(start));
        int end = start + Character.charCount(line.codePointAt(start));
        while (kind != Kind.DIGIT && end < line.length() && end - start < LONGEST && line.charAt(end) != ' '
                && kind(line.codePointAt(end)) == kind)
            end += Character.charCount(line.codePointAt(end));
        return end;
    }

    private static Kind kind(int c) {
        if (Whitespace.is(c))
            return Kind.SPACES;
        return switch (Character.getType(c)) {
            case Character.UPPERCASE_LETTER, Character.LOWERCASE_LETTER, Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER, Character.OTHER_LETTER, Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK, Character.FORMAT -> Kind.LETTERS;
            case Character.DECIMAL_DIGIT_NUMBER -> Kind.DIGIT;
            default -> Kind.SYMBOLS;
        };
    }
}
