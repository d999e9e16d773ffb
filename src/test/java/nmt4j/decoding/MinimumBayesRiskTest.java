package nmt4j.decoding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import nmt4j.decoding.MinimumBayesRisk.Weight;
import nmt4j.decoding.TinyModel.Family;
import nmt4j.evaluation.Bleu;
import nmt4j.evaluation.Chrf;
import nmt4j.evaluation.Metric;
import nmt4j.text.TextCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MinimumBayesRiskTest {
    private static final int V = 9;
    private static final TextCodec CODEC = TinyModel.codec(V);

    @ParameterizedTest
    @EnumSource
    void theChoiceIsThatOfABruteForceComputation(Family family) {
        try (var tiny = TinyModel.of(family, V, 4); var predictor = tiny.predictor()) {
            var samples = new Sampling(17, TokenDistribution.FULL, 5, LengthPenalty.NONE, new Lengths(0, 0, 6),
                    List.of(Rule.TEXT_ONLY));
            var beam = BeamSearchTest.beam(9, 9, LengthPenalty.AVERAGE, new Lengths(0, 0, 6));
            var sentences = TinyModel.sentences(5, 5, V, 4);
            for (var metric : List.of(Chrf.standard(), Bleu.standard().withEffectiveOrder())) {
                check(predictor, sentences, samples, metric, Weight.UNIFORM);
                check(predictor, sentences, beam, metric, Weight.PROBABILITY);
            }
        }
    }

    /// e⁻⁹⁰⁰ is 0 in a computer's numbers, the ratio of e⁻⁹⁰² to it is not.
    @Test
    void improbableCandidatesAreWeighedLikeOthers() {
        var likely = new Hypothesis(new int[] {5}, new float[] {-900, 0}, -900);
        var unlikely = new Hypothesis(new int[] {6}, new float[] {-902, 0}, -902);
        Search search = (_, _) -> List.of(List.of(unlikely, likely));
        var chrf = Chrf.standard();
        var found = new MinimumBayesRisk(search, chrf, Weight.PROBABILITY, CODEC, 2).search(null, List.of()).getFirst();
        assertEquals(text(likely), text(found.getFirst()));
        double alike = chrf.sentenceScore(text(likely), List.of(text(unlikely))).score();
        double ratio = Math.exp(-2);
        assertEquals((100 + ratio * alike) / (1 + ratio), found.getFirst().remarks().utility().orElseThrow(), 1e-9);
    }

    private static void check(Predictor predictor, List<Sentence> sentences, Search search, Metric metric,
            Weight weight) {
        var candidates = search.search(predictor, sentences);
        var found = new MinimumBayesRisk(search, metric, weight, CODEC, 3).search(predictor, sentences);
        for (int b = 0; b < sentences.size(); b++) {
            var expected = utilities(candidates.get(b), metric, weight);
            int best = 0;
            for (int i = 1; i < expected.length; i++) if (expected[i] > expected[best] + 1e-9) best = i;
            long texts = candidates.get(b).stream().map(MinimumBayesRiskTest::text).distinct().count();
            assertEquals(Math.min(3, texts), found.get(b).size());
            assertEquals(expected[best], found.get(b).getFirst().remarks().utility().orElseThrow(), 1e-9);
            assertEquals(text(candidates.get(b).get(best)), text(found.get(b).getFirst()));
        }
    }

    /// Every candidate against every candidate, those that come twice included.
    private static double[] utilities(List<Hypothesis> candidates, Metric metric, Weight weight) {
        var utilities = new double[candidates.size()];
        for (int i = 0; i < utilities.length; i++) {
            double weights = 0;
            for (var reference : candidates) {
                double p = weight == Weight.UNIFORM ? 1 : Math.exp(reference.logProbability());
                utilities[i] += p * metric.sentenceScore(text(candidates.get(i)), List.of(text(reference))).score();
                weights += p;
            }
            utilities[i] /= weights;
        }
        return utilities;
    }

    private static String text(Hypothesis hypothesis) {
        return CODEC.decode(hypothesis.tokens());
    }
}
