package nmt4j.decoding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nmt4j.evaluation.Metric;
import nmt4j.text.TextCodec;

/// Minimum Bayes risk (Eikema & Aziz 2022, eq. 3): of some candidates the one that is on average most like all of them,
/// argmax Σ p(r) u(h, r). Scores stay those of the model; the mean utility is a remark.
///
/// @param candidates  finds them: samples, say
/// @param utility     u, of texts
/// @param weight      p
/// @param target      how ids become text
/// @param best        the most to keep
record MinimumBayesRisk(Search candidates, Metric utility, Weight weight, TextCodec target, int best)
        implements Search {

    /// How likely a reference is.
    public enum Weight {
        /// All alike: of samples, which come as often as they are likely.
        UNIFORM {
            @Override
            double of(Hypothesis hypothesis, double highest) {
                return 1;
            }
        },
        /// As the model says, of an n-best list (Kumar & Byrne 2004).
        PROBABILITY {
            @Override
            double of(Hypothesis hypothesis, double highest) {
                return StrictMath.exp(hypothesis.logProbability() - highest);
            }
        };

        /// Up to a factor that all have in common.
        ///
        /// @param highest  log p of the likeliest: probabilities of long translations are too small for a number, their
        ///                 ratios are not
        abstract double of(Hypothesis hypothesis, double highest);
    }

    /// A text, its likeliest spelling, and how much it weighs.
    private record Candidate(String text, Hypothesis hypothesis, double weight) {
        Candidate plus(Candidate other) {
            var better = other.hypothesis.logProbability() > hypothesis.logProbability() ? other.hypothesis : hypothesis;
            return new Candidate(text, better, weight + other.weight);
        }
    }

    @Override
    public long width(Sentence sentence) {
        return candidates.width(sentence);
    }

    @Override
    public List<List<Hypothesis>> search(Predictor predictor, List<Sentence> sentences) {
        return candidates.search(predictor, sentences).stream().map(this::ranked).toList();
    }

    private List<Hypothesis> ranked(List<Hypothesis> hypotheses) {
        Map<String, Candidate> byText = new LinkedHashMap<>();
        double highest = hypotheses.stream().mapToDouble(Hypothesis::logProbability).max().orElseThrow();
        for (var hypothesis : hypotheses) {
            var text = target.decode(hypothesis.tokens());
            byText.merge(text, new Candidate(text, hypothesis, weight.of(hypothesis, highest)), Candidate::plus);
        }
        var ranked = new ArrayList<Hypothesis>();
        for (var candidate : byText.values()) ranked.add(candidate.hypothesis.with(
                candidate.hypothesis.remarks().withUtility(expected(candidate.text, byText.values()))));
        ranked.sort(Comparator.comparingDouble((Hypothesis h) -> h.remarks().utility().orElseThrow()).reversed());
        return List.copyOf(ranked.subList(0, Math.min(best, ranked.size())));
    }

    private double expected(String text, Iterable<Candidate> references) {
        double sum = 0;
        double weights = 0;
        for (var reference : references) {
            sum += reference.weight * utility.sentenceScore(text, List.of(reference.text)).score();
            weights += reference.weight;
        }
        return sum / weights;
    }
}
