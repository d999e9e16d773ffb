package nmt4j.decoding;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nmt4j.text.TextCodec;

/// Cuts a line that is too long for a model into pieces: in the middle, preferably after a sentence, else after a clause,
/// else between words; and the halves again while they are too long.
///
/// @param codecs   how each model reads; a piece must be short enough for all of them
/// @param longest  the most subwords of a piece, at least 1
record LongLine(List<TextCodec> codecs, int longest) {
    private static final String SENTENCE_ENDS = ".!?…。！？؟।";
    private static final String CLAUSE_ENDS = ",;:–—)\"»”、，；：،؛";

    /// Texts with more characters for each subword are cut before they are read, so that what reads them meets no monsters.
    private static final long CHARACTERS_A_SUBWORD = 64;

    /// A part of a line, and its subwords as each model reads them.
    record Piece(String text, List<int[]> sources) {
        int length() {
            return sources.stream().mapToInt(tokens -> tokens.length).max().orElseThrow();
        }
    }

    /// The whole line, whatever its length.
    Piece whole(String line) {
        return new Piece(line, codecs.stream().map(codec -> codec.encode(line)).toList());
    }

    /// The pieces in order; only one if the line is short enough, none if it is blank.
    List<Piece> pieces(String line) {
        var pieces = new ArrayList<Piece>();
        cut(line, pieces, new HashMap<>());
        return pieces;
    }

    /// @param known  the pieces by their text: where it stands again, it is the same one
    private void cut(String text, List<Piece> pieces, Map<String, Piece> known) {
        if (text.length() > CHARACTERS_A_SUBWORD * longest) {
            halve(text, pieces, known);
            return;
        }
        var piece = known.containsKey(text) ? known.get(text) : whole(text);
        if (piece.length() > longest && text.codePointCount(0, text.length()) > 1) {
            halve(text, pieces, known);
        } else if (piece.length() > 0) {
            known.put(text, piece);
            pieces.add(piece);
        }
    }

    private void halve(String text, List<Piece> pieces, Map<String, Piece> known) {
        int middle = boundary(text);
        cut(text.substring(0, middle).strip(), pieces, known);
        cut(text.substring(middle).strip(), pieces, known);
    }

    /// Where to cut: the index of the first character of the second half.
    static int boundary(String text) {
        int after = nearest(text, SENTENCE_ENDS);
        if (after < 0) after = nearest(text, CLAUSE_ENDS);
        if (after < 0) after = nearest(text, "");
        if (after < 0) after = text.offsetByCodePoints(0, text.codePointCount(0, text.length()) / 2);
        return after;
    }

    /// The white space nearest to the middle, in the middle half of the text, that follows one of `ends` (or anything), or −1.
    private static int nearest(String text, String ends) {
        int middle = text.length() / 2;
        for (int distance = 0; distance < middle / 2; distance++) {
            if (isBreak(text, middle - distance, ends)) return middle - distance;
            if (isBreak(text, middle + distance, ends)) return middle + distance;
        }
        return -1;
    }

    private static boolean isBreak(String text, int i, String ends) {
        if (i < 1 || i >= text.length() - 1 || !Character.isWhitespace(text.charAt(i))) return false;
        return ends.isEmpty() || ends.indexOf(text.charAt(i - 1)) >= 0;
    }
}
