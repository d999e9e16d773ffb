package nmt4j.decoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import nmt4j.decoding.Predictor.Prediction;
import nmt4j.decoding.Rule.Exclusion;
import nmt4j.kernel.TopLogits;
import nmt4j.model.AttentionListener;
import nmt4j.text.Vocabulary;

/// Greedy search for translations whose probabilities nobody asks for: those that [BeamSearch] finds with K = 1. No softmax is
/// computed, and behind a translation that is as long as it may be no `</s>`, not even to see that the model gives none.
///
/// What is found has no log-probabilities, and NaN for a score. Translations of which something is demanded are the beam's.
///
/// @param beam   of K = 1
/// @param rules  all there are
record GreedySearch(BeamSearch beam, List<Exclusion> rules) implements Search {
    private static final int NONE = -1;
    private static final int UNDECIDED = -2;

    @Override
    public long width(Sentence sentence) {
        return beam.width(sentence);
    }

    @Override
    public List<List<Hypothesis>> search(Predictor predictor, List<Sentence> sentences) {
        return Order.searched(this, predictor, sentences);
    }

    /// New sentences take the place of those that are done.
    @Override
    public void search(Predictor predictor, List<Order> orders, Supplier<List<Order>> more) {
        var forBeam = new ArrayList<Order>();
        var live = begun(orders, forBeam);
        if (!live.isEmpty()) search(predictor, live, more, forBeam);
        if (!forBeam.isEmpty()) beam.search(predictor, forBeam, more);
    }

    private void search(Predictor predictor, List<Candidate> live, Supplier<List<Order>> more, List<Order> forBeam) {
        var state = predictor.start(sentences(live));
        int wanted = Exclusion.most(rules) + 2;
        while (true) {
            var prediction = state.step(live.stream().mapToInt(candidate -> candidate.prefix.token()).toArray(),
                    AttentionListener.NONE);
            goOn(live, prediction, wanted);
            int[] left = left(live);
            if (left.length == 0) return;
            state = left.length == live.size() ? prediction.state() : prediction.state().select(left);
            live.removeIf(candidate -> candidate.isDone);
            var newcomers = begun(more.get(), forBeam);
            if (newcomers.isEmpty()) continue;
            state = state.join(sentences(newcomers));
            live.addAll(newcomers);
        }
    }

    /// Those that have a step to take here; the others are put among those for the beam.
    private List<Candidate> begun(List<Order> orders, List<Order> forBeam) {
        var begun = new ArrayList<Candidate>();
        for (var order : orders) {
            var sentence = order.sentence();
            int maximum = beam.lengths().maximum(sentence.length());
            if (sentence.demands().length() > 0 || maximum == 0) forBeam.add(order);
            else begun.add(new Candidate(order, maximum));
        }
        return begun;
    }

    private static List<Sentence> sentences(List<Candidate> candidates) {
        return candidates.stream().map(candidate -> candidate.order.sentence()).toList();
    }

    /// Rows of those that are not done.
    private static int[] left(List<Candidate> candidates) {
        var rows = new int[candidates.size()];
        int n = 0;
        for (int row = 0; row < rows.length; row++) if (!candidates.get(row).isDone) rows[n++] = row;
        return Arrays.copyOf(rows, n);
    }

    private void goOn(List<Candidate> live, Prediction prediction, int wanted) {
        var largest = prediction.largest(wanted);
        for (int row = 0; row < live.size(); row++) {
            var prefix = live.get(row).prefix;
            int token = largest.isPresent() ? byLogits(largest.get(), row, prefix) : UNDECIDED;
            live.get(row).goOn(token == UNDECIDED ? byProbabilities(prediction, row, prefix) : token);
        }
    }

    /// @param largest  two more of each row than rules may take away
    private int byLogits(TopLogits largest, int row, Prefix prefix) {
        int first = allowed(largest, row, 0, prefix);
        if (first == largest.count(row)) return NONE;
        int second = allowed(largest, row, first + 1, prefix);
        boolean isDecided = second == largest.count(row) || largest.areApart(row, first, second);
        return isDecided ? largest.token(row, first) : UNDECIDED;
    }

    /// The first from `from` on that may follow.
    private int allowed(TopLogits largest, int row, int from, Prefix prefix) {
        int i = from;
        while (i < largest.count(row) && Exclusion.isExcluded(largest.token(row, i), prefix, rules)) i++;
        return i;
    }

    private int byProbabilities(Prediction prediction, int row, Prefix prefix) {
        var next = NextTokens.of(prediction.logProbabilities(), row, rules, prefix);
        var best = new Candidates(1);
        best.consider(next.matrix(), row, 0);
        return best.size() == 0 ? NONE : best.token(0);
    }

    /// What becomes of one sentence.
    private static final class Candidate {
        private final Order order;
        private final int maximum;
        private Prefix prefix = Prefix.EMPTY;
        private boolean isDone;

        Candidate(Order order, int maximum) {
            this.order = order;
            this.maximum = maximum;
        }

        /// Takes one step; after the last one, hands over the translation.
        void goOn(int token) {
            if (token == NONE) throw Beam.impossible();
            if (token != Vocabulary.END) prefix = prefix.then(token, Float.NaN);
            isDone = token == Vocabulary.END || prefix.length() == maximum;
            if (isDone) order.taker().accept(List.of(Hypothesis.withoutProbabilities(prefix.tokens())));
        }
    }
}
