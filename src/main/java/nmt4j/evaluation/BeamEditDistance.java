package nmt4j.evaluation;

import java.util.Arrays;

/// Edit distance of hypotheses of one length to a reference, in a band around the diagonal: the narrow band is a part
/// of TER's definition, since it can miss the cheapest path of very different sentences. No more than the band is kept:
/// memory and time grow with the length, not with its square.
final class BeamEditDistance {
    private static final int BEAM_WIDTH = 25;
    private static final int INFINITY = Integer.MAX_VALUE / 2;

    private enum Edit { NONE, SUBSTITUTION, DELETION, INSERTION }

    private final int[] reference;
    private final int[] bandStart;
    private final int[] bandEnd;
    private final int[][] costs;     // of `words`; row i: its first i words; see `place`
    private final int[][] scratch;   // the same of another hypothesis
    private final Edit[][] edits;
    private int[] words = {};

    BeamEditDistance(int hypothesisLength, int[] reference) {
        int rows = hypothesisLength + 1;
        this.reference = reference;
        this.bandStart = new int[rows];
        this.bandEnd = new int[rows];
        this.costs = new int[rows][];
        this.scratch = new int[rows][];
        this.edits = new Edit[rows][];
        layBand(hypothesisLength);
        for (int i = 0; i < rows; i++) {
            int size = 1 + bandEnd[Math.min(i + 1, hypothesisLength)] - bandStart[i]; // what the next row looks at
            costs[i] = new int[size];
            scratch[i] = new int[size];
            edits[i] = new Edit[size];
            Arrays.fill(costs[i], INFINITY);
            Arrays.fill(scratch[i], INFINITY);
        }
        for (int j = 0; j < costs[0].length - 1; j++) costs[0][place(0, j)] = j;
    }

    /// Where the first j words of the reference stand in row i: behind one place that is not in the band.
    private int place(int i, int j) {
        return j - bandStart[i] + 1;
    }

    private void layBand(int rows) {
        double ratio = reference.length / (double) rows;
        int width = BEAM_WIDTH < ratio / 2 ? (int) Math.ceil(ratio / 2 + BEAM_WIDTH) : BEAM_WIDTH;
        for (int i = 1; i <= rows; i++) {
            int diagonal = (int) Math.floor(i * ratio);
            bandStart[i] = Math.max(0, diagonal - width);
            bandEnd[i] = i == rows ? reference.length + 1 : Math.min(reference.length + 1, diagonal + width);
        }
    }

    /// The distance of `hypothesis`, which [#alignment] and [#ofSimilar] then speak of.
    int of(int[] hypothesis) {
        words = hypothesis;
        for (int i = 1; i <= words.length; i++)
            for (int j = bandStart[i]; j < bandEnd[i]; j++)
                fill(i, j);
        return last(costs);
    }

    private int last(int[][] rows) {
        return rows[words.length][place(words.length, reference.length)];
    }

    /// The cheapest of the three edits that lead to a cell; of equally cheap ones the first in this order.
    private void fill(int i, int j) {
        int place = place(i, j);
        int above = place(i - 1, j);
        int best = INFINITY;
        if (j > 0) {
            boolean equal = words[i - 1] == reference[j - 1];
            best = Math.min(best, costs[i - 1][above - 1] + (equal ? 0 : 1));
            edits[i][place] = equal ? Edit.NONE : Edit.SUBSTITUTION;
        }
        if (j == 0 || costs[i - 1][above] + 1 < best) {
            best = costs[i - 1][above] + 1;
            edits[i][place] = Edit.DELETION;
        }
        if (j > 0 && costs[i][place - 1] + 1 < best) {
            best = costs[i][place - 1] + 1;
            edits[i][place] = Edit.INSERTION;
        }
        costs[i][place] = best;
    }

    /// The distance of another hypothesis that begins, as far as it does, like the last one of [#of].
    int ofSimilar(int[] hypothesis) {
        int same = Arrays.mismatch(hypothesis, words);
        if (same < 0)
            return last(costs);
        for (int i = same + 1; i <= hypothesis.length; i++)
            fillRow(hypothesis[i - 1], i == same + 1 ? costs[same] : scratch[i - 1], scratch[i], i);
        return last(scratch);
    }

    private void fillRow(int word, int[] above, int[] row, int i) {
        int from = bandStart[i];
        int toAbove = from - bandStart[i - 1];
        int left = INFINITY;
        int place = 1;
        if (from == 0)
            left = row[place++] = above[1] + 1;
        for (int end = place(i, bandEnd[i]); place < end; place++) {
            int cost = above[place + toAbove - 1] + (word == reference[from + place - 2] ? 0 : 1);
            left = row[place] = Math.min(INFINITY, Math.min(cost, Math.min(above[place + toAbove], left) + 1));
        }
    }

    /// The path of edits of the last hypothesis of [#of].
    WordAlignment alignment() {
        var path = new Edit[words.length + reference.length];
        int start = path.length;
        for (int i = words.length, j = reference.length; i > 0 || j > 0;) {
            var edit = i == 0 ? Edit.INSERTION : edits[i][place(i, j)];
            path[--start] = edit;
            i -= edit == Edit.INSERTION ? 0 : 1;
            j -= edit == Edit.DELETION ? 0 : 1;
        }
        var alignment = new WordAlignment(words.length, reference.length);
        for (var edit : Arrays.asList(path).subList(start, path.length))
            switch (edit) {
            case NONE -> alignment.both(true);
            case SUBSTITUTION -> alignment.both(false);
            case DELETION -> alignment.onlyHypothesis();
            case INSERTION -> alignment.onlyReference();
            }
        return alignment;
    }
}
