package nmt4j.decoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import nmt4j.decoding.Predictor.Prediction;
import nmt4j.decoding.Rule.Exclusion;
import nmt4j.kernel.TopTokens;
import nmt4j.model.AttentionListener;
import nmt4j.text.Vocabulary;

/// Greedy search for translations whose probabilities nobody asks for: those that [BeamSearch] finds with K = 1. No softmax is
/// computed, and behind a translation that is as long as it may be no `</s>`.
///
/// What is found has no log-probabilities, and NaN for a score.
///
/// @param rules  all there are
record GreedySearch(Lengths lengths, List<Exclusion> rules) implements Search {
    private static final int NONE = -1;
    private static final int UNDECIDED = -2;

    @Override
    public List<List<Hypothesis>> search(Predictor predictor, List<Sentence> sentences) {
        return Search.together(this, predictor, sentences);
    }

    /// New sentences take the place of those that are done.
    @Override
    public void search(Predictor predictor, List<Order> orders, Supplier<List<Order>> more) {
        var live = begun(orders);
        if (live.isEmpty()) return;
        var state = predictor.start(sentences(live));
        while (true) {
            var prediction = state.step(live.stream().mapToInt(line -> line.prefix.token()).toArray(),
                    AttentionListener.NONE);
            int[] next = next(prediction, live);
            for (int row = 0; row < next.length; row++) live.get(row).goOn(next[row]);
            int[] left = left(live);
            state = left.length == next.length ? prediction.state() : prediction.state().select(left);
            live.removeIf(line -> line.isDone);
            if (live.isEmpty()) return;
            var newcomers = begun(more.get());
            if (newcomers.isEmpty()) continue;
            state = state.join(sentences(newcomers));
            live.addAll(newcomers);
        }
    }

    /// Those that have a step to take.
    private List<Line> begun(List<Order> orders) {
        var lines = new ArrayList<Line>();
        for (var order : orders) {
            var line = new Line(order, lengths.maximum(order.sentence().length()));
            if (!line.isDone) lines.add(line);
        }
        return lines;
    }

    private static List<Sentence> sentences(List<Line> lines) {
        return lines.stream().map(line -> line.order.sentence()).toList();
    }

    private static int[] left(List<Line> lines) {
        var rows = new int[lines.size()];
        int n = 0;
        for (int row = 0; row < rows.length; row++) if (!lines.get(row).isDone) rows[n++] = row;
        return Arrays.copyOf(rows, n);
    }

    /// The token behind each line, or `NONE`.
    private int[] next(Prediction prediction, List<Line> lines) {
        var next = new int[lines.size()];
        var largest = prediction.largest(wanted());
        for (int row = 0; row < next.length; row++) {
            next[row] = largest.isPresent() ? largest(largest.get(), row, lines.get(row).prefix) : UNDECIDED;
            if (next[row] == UNDECIDED) next[row] = likeliest(prediction, row, lines.get(row).prefix);
        }
        return next;
    }

    /// As many as leave two when all are taken away that may be.
    private int wanted() {
        return rules.stream().mapToInt(rule -> rule.tokens().length).sum() + 2;
    }

    private int largest(TopTokens largest, int row, Prefix prefix) {
        int first = allowed(largest, row, 0, prefix);
        if (first == largest.count(row)) return NONE;
        int second = allowed(largest, row, first + 1, prefix);
        return second == largest.count(row) || largest.areApart(row, first, second) ? largest.token(row, first)
                : UNDECIDED;
    }

    private int allowed(TopTokens largest, int row, int from, Prefix prefix) {
        int i = from;
        while (i < largest.count(row) && isExcluded(largest.token(row, i), prefix)) i++;
        return i;
    }

    private boolean isExcluded(int token, Prefix prefix) {
        for (var rule : rules) if (rule.excludes(token, prefix)) return true;
        return false;
    }

    private int likeliest(Prediction prediction, int row, Prefix prefix) {
        var next = new NextTokens(prediction.logProbabilities(), row);
        for (var rule : rules) rule.apply(next, prefix);
        var best = new Candidates(1);
        best.consider(next.matrix(), row, 0);
        return best.size() == 0 ? NONE : best.token(0);
    }

    /// One sentence's part of the search.
    private static final class Line {
        private final Order order;
        private final int maximum;
        private Prefix prefix = Prefix.EMPTY;
        private boolean isDone;

        Line(Order order, int maximum) {
            if (order.sentence().demands().length() > 0)
                throw new IllegalArgumentException("demands on a translation in greedy search");
            this.order = order;
            this.maximum = maximum;
            endIf(maximum == 0);
        }

        void goOn(int token) {
            if (token == NONE) throw Beam.impossible();
            if (token != Vocabulary.END) prefix = prefix.then(token, Float.NaN);
            endIf(token == Vocabulary.END || prefix.length() == maximum);
        }

        private void endIf(boolean isOver) {
            isDone = isOver;
            if (isOver) order.taker().accept(List.of(new Hypothesis(prefix.tokens(), new float[0], Double.NaN)));
        }
    }
}
