package nmt4j.decoding;

import java.util.ArrayList;
import java.util.List;
import nmt4j.text.TextCodec;

/// Cuts a line that is too long for a model into pieces: in the middle, preferably after a sentence, else after a clause,
/// else between words; and the halves again while they are too long.
///
/// @param longest  the most subwords of a piece, at least 1
record LongLine(TextCodec codec, int longest) {
    private static final String SENTENCE_ENDS = ".!?…。！？؟।";
    private static final String CLAUSE_ENDS = ",;:–—)\"»”、，；：،؛";

    /// The subwords of each piece, in order; only one piece if the line is short enough.
    List<int[]> pieces(String line) {
        var pieces = new ArrayList<int[]>();
        cut(line, pieces);
        return pieces;
    }

    private void cut(String text, List<int[]> pieces) {
        var tokens = codec.encode(text);
        if (tokens.length <= longest || text.codePointCount(0, text.length()) < 2) {
            if (tokens.length > 0) pieces.add(tokens);
            return;
        }
        int middle = boundary(text);
        cut(text.substring(0, middle).strip(), pieces);
        cut(text.substring(middle).strip(), pieces);
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
