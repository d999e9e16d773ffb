package nmt4j.tensor;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// Packed sentences laid out for recurrence: all first tokens, then all second tokens, and so on, so that a step's rows lie
/// together. Sentences are taken longest first, and each step has only those that are still going on: row `begin(t) + k` is
/// step t of the sentence in place k. No row is padding.
public final class TimeSteps {
    private final Sentences sentences;
    private final int[] order; // place -> sentence
    private final int[] begin;
    private final boolean reversed;

    private TimeSteps(Sentences sentences, boolean reversed) {
        this.sentences = sentences;
        this.reversed = reversed;
        order = IntStream.range(0, sentences.size()).boxed()
                .sorted(Comparator.comparingInt((Integer i) -> -sentences.length(i)))
                .mapToInt(i -> i).toArray();
        begin = new int[sentences.maxLength() + 1];
        for (int t = 0; t < size(); t++) {
            int active = 0;
            while (active < order.length && sentences.length(order[active]) > t) active++;
            begin[t + 1] = begin[t] + active;
        }
    }

    /// Each sentence from its first token to its last.
    public static TimeSteps forward(Sentences sentences) {
        return new TimeSteps(sentences, false);
    }

    /// Each sentence from its last token to its first.
    public static TimeSteps reversed(Sentences sentences) {
        return new TimeSteps(sentences, true);
    }

    /// One step of so many sentences, in their order.
    public static TimeSteps single(int rows) {
        var lengths = new int[rows];
        Arrays.fill(lengths, 1);
        return forward(Sentences.ofLengths(lengths));
    }

    /// Steps `from` to `to` by themselves: their row r is row `begin(from) + r` here, and their place k is place k here.
    public TimeSteps between(int from, int to) {
        var lengths = new int[active(from)];
        for (int k = 0; k < lengths.length; k++) lengths[k] = Math.min(length(k), to) - from;
        return forward(Sentences.ofLengths(lengths));
    }

    /// Of what each row has, that of the rows of steps `from` to `to`.
    public int[] slice(int from, int to, int[] ofRows) {
        return Arrays.copyOfRange(ofRows, begin(from), begin(to));
    }

    /// Number of steps: the length of the longest sentence.
    public int size() {
        return begin.length - 1;
    }

    /// Number of sentences.
    public int places() {
        return order.length;
    }

    /// Number of rows of all steps.
    public int rows() {
        return sentences.tokens();
    }

    /// The first row of step t.
    public int begin(int t) {
        return begin[t];
    }

    /// The row after the last of step t.
    public int end(int t) {
        return begin[t + 1];
    }

    /// Rows of step t: sentences longer than t. None behind the last.
    public int active(int t) {
        return t < size() ? begin[t + 1] - begin[t] : 0;
    }

    /// The sentence in each place.
    public int[] order() {
        return order.clone();
    }

    /// The length of the sentence in place k.
    public int length(int k) {
        return sentences.length(order[k]);
    }

    /// The place of each row's sentence.
    public int[] placeOfRow() {
        var places = new int[rows()];
        for (int t = 0; t < size(); t++)
            for (int row = begin[t]; row < begin[t + 1]; row++) places[row] = row - begin[t];
        return places;
    }

    /// For each row, its row in the packed batch.
    public int[] packedOfRow() {
        var packed = new int[rows()];
        for (int t = 0; t < size(); t++)
            for (int k = 0; k < active(t); k++)
                packed[begin[t] + k] = reversed ? sentences.end(order[k]) - 1 - t : sentences.begin(order[k]) + t;
        return packed;
    }

    /// For each row of the packed batch, its row here.
    public int[] rowOfPacked() {
        var packed = packedOfRow();
        var rows = new int[packed.length];
        for (int row = 0; row < rows.length; row++) rows[packed[row]] = row;
        return rows;
    }

    /// For each row, the row of the same token if every sentence is read from its other end.
    public int[] mirrored() {
        var mirrored = new int[rows()];
        for (int t = 0; t < size(); t++)
            for (int k = 0; k < active(t); k++) mirrored[begin[t] + k] = begin[length(k) - 1 - t] + k;
        return mirrored;
    }

    /// For each sentence, in the order of the batch, the row of its last step.
    public int[] lastRows() {
        var rows = new int[order.length];
        for (int k = 0; k < order.length; k++) rows[order[k]] = begin[length(k) - 1] + k;
        return rows;
    }

    /// For each row, an element of what the packed batch has for it.
    public int[] arrange(int[] packed) {
        var source = packedOfRow();
        var arranged = new int[packed.length];
        for (int row = 0; row < arranged.length; row++) arranged[row] = packed[source[row]];
        return arranged;
    }
}
