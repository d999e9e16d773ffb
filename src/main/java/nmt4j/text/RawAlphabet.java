package nmt4j.text;

import java.util.ArrayList;
import java.util.List;

/// Which characters of a raw text are subwords, the others being written as bytes: those that occur at least 5 times
/// and once in two million characters (both sums over the whole text), without control characters, line and paragraph
/// separators, lone surrogates and U+2581.
final class RawAlphabet {
    private static final long FEWEST = 5;
    private static final long ONCE_IN = 2_000_000;

    private RawAlphabet() {}

    /// The characters of these pieces, the most frequent first.
    static List<String> of(TokenCounts pieces) {
        var characters = new TokenCounts(Character.MAX_CODE_POINT);
        long total = 0;
        for (var piece : pieces.entries()) {
            int[] codePoints = piece.token().codePoints().toArray();
            total += codePoints.length * piece.count();
            for (int c : codePoints)
                if (canBeSubword(c))
                    characters.add(Character.toString(c), piece.count());
        }
        var frequent = new ArrayList<String>();
        for (var entry : characters.entries())
            if (entry.count() >= Math.max(FEWEST, total / ONCE_IN))
                frequent.add(entry.token());
        return frequent;
    }

    /// Not what is always written as bytes, nor what stands for a space.
    static boolean canBeSubword(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                    false;
            default -> c != ' ' && c != '▁';
        };
    }
}
