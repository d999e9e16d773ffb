package nmt4j.decoding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import nmt4j.model.AttentionListener;
import nmt4j.text.Vocabulary;

/// Exact search: depth first, with branch and bound (Stahlberg & Byrne 2019, algorithm 1). No prefix is gone on from whose
/// best possible score is not above the worst of the best translations so far; a first search finds those to begin with.
/// What a prefix can become scores at most as if it had the greatest length for free, see [LengthPenalty]: so any length
/// penalty will do, but the bound is tight only without one.
///
/// @param best   how many translations are wanted
/// @param first   finds a lower bound of the best score
/// @param effort  after which the best translations so far come without proof
record ExactSearch(int best, LengthPenalty penalty, Lengths lengths, List<Rule> rules, Search first, Effort effort)
        implements Search {
    /// Prefixes that the model is asked about together: about as fast as one.
    private static final int TOGETHER = 8;

    @Override
    public List<List<Hypothesis>> search(Predictor predictor, List<Sentence> sentences) {
        return sentences.stream().map(sentence -> new Dive(sentence).search(predictor)).toList();
    }

    private final class Dive {
        private final Sentence sentence;
        private final int maximum;
        private final BestTranslations found = new BestTranslations(best);
        private final long start = System.nanoTime();
        private long steps;
        private double open = Double.NEGATIVE_INFINITY; // the best possible score of what was not looked at

        Dive(Sentence sentence) {
            this.sentence = sentence;
            maximum = lengths.maximum(sentence.length());
        }

        List<Hypothesis> search(Predictor predictor) {
            var seeds = first.search(predictor, List.of(sentence)).getFirst();
            var bound = new BestTranslations(best);
            for (var seed : seeds) bound.add(seed);
            double floor = bound.list().size() == best ? Math.nextDown(bound.list().getLast().score())
                    : Double.NEGATIVE_INFINITY;
            var state = predictor.start(List.of(sentence));
            var prediction = state.step(new int[] {Vocabulary.START}, AttentionListener.NONE);
            steps = 1;
            visit(Prefix.EMPTY, children(Prefix.EMPTY, prediction, 0, floor), prediction.state(), floor);
            if (found.list().size() < seeds.size()) return certified(bound.list()); // the limit came first
            return certified(found.list());
        }

        private List<Hypothesis> certified(List<Hypothesis> hypotheses) {
            boolean isOptimal = open == Double.NEGATIVE_INFINITY || found.excludes(open);
            double bound = isOptimal ? hypotheses.getFirst().score() : Math.max(open, hypotheses.getFirst().score());
            var certificate = new Certificate(isOptimal, bound, steps);
            return hypotheses.stream().map(h -> h.with(h.remarks().with(certificate))).toList();
        }

        /// Goes on from a prefix by all tokens that may lead to a better translation, the likeliest first.
        ///
        /// @param state  after the prefix, in its only row
        /// @param floor  no translation that scores as low is wanted
        private void visit(Prefix prefix, List<Prefix> children, Predictor.State state, double floor) {
            for (int from = 0; from < children.size(); from += TOGETHER) {
                var some = new ArrayList<Prefix>();
                for (var child : children.subList(from, Math.min(children.size(), from + TOGETHER)))
                    if (isPromising(child, floor)) some.add(child);
                if (some.isEmpty()) return; // the others are less likely
                if (steps + some.size() > effort.steps() || isLate()) {
                    open = Math.max(open, highest(some.getFirst()));
                    return;
                }
                steps += some.size();
                var prediction = state.select(new int[some.size()])
                        .step(some.stream().mapToInt(Prefix::token).toArray(), AttentionListener.NONE);
                var grandchildren = new ArrayList<List<Prefix>>();
                for (int i = 0; i < some.size(); i++)
                    grandchildren.add(children(some.get(i), prediction, i, floor));
                for (int i = 0; i < some.size(); i++)
                    if (isPromising(some.get(i), floor)) visit(some.get(i), grandchildren.get(i),
                            prediction.state().select(new int[] {i}), floor);
            }
        }

        /// The prefixes one token longer that are still worth a look, the likeliest first; what ends there is added.
        private List<Prefix> children(Prefix prefix, Predictor.Prediction prediction, int row, double floor) {
            var next = NextTokens.of(prediction.logProbabilities(), row, rules, prefix);
            if (next.isPossible(Vocabulary.END)) {
                var ended = prefix.then(Vocabulary.END, next.raw(Vocabulary.END)).end(penalty);
                if (ended.score() > floor) found.add(ended);
            }
            var children = new ArrayList<Prefix>();
            for (int v = 0; v < next.size() && prefix.length() < maximum; v++) {
                if (v == Vocabulary.END || !next.isPossible(v)) continue;
                var child = prefix.then(v, next.raw(v));
                if (isPromising(child, floor)) children.add(child);
            }
            children.sort(Comparator.comparingDouble(Prefix::total).reversed()); // stable
            return children;
        }

        private boolean isLate() {
            return System.nanoTime() - start > effort.seconds() * 1e9;
        }

        private boolean isPromising(Prefix prefix, double floor) {
            double highest = highest(prefix);
            return highest > floor && !found.excludes(highest);
        }

        private double highest(Prefix prefix) {
            return penalty.score(prefix.total(), maximum + 1);
        }
    }
}
