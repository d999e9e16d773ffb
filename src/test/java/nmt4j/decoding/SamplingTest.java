package nmt4j.decoding;

import java.util.TreeSet;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import nmt4j.decoding.TinyModel.Family;
import nmt4j.kernel.Arena;
import nmt4j.kernel.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SamplingTest {
    private static final int V = 6; // two words, <unk>, </s>

    @ParameterizedTest
    @EnumSource
    void frequenciesFitTheProbabilitiesOfWholeTranslations(Family family) {
        int samples = 8_000;
        try (var tiny = TinyModel.of(family, V, 2); var predictor = tiny.predictor()) {
            var source = new Sentence(1, new int[] {4, 5, 4});
            var counts = new HashMap<List<Integer>, Integer>();
            var sampling = new Sampling(samples, TokenDistribution.FULL, 3, LengthPenalty.NONE, new Lengths(0, 0, 2),
                    List.of());
            var logProbabilities = new HashMap<List<Integer>, Double>();
            for (var hypothesis : sampling.search(predictor, List.of(source)).getFirst()) {
                var tokens = Arrays.stream(hypothesis.tokens()).boxed().toList();
                counts.merge(tokens, 1, Integer::sum);
                logProbabilities.put(tokens, hypothesis.tokens().length < 2 ? hypothesis.logProbability() // the last end is forced
                        : (double) hypothesis.logProbabilities()[0] + hypothesis.logProbabilities()[1]);
            }
            double chiSquare = 0;
            int cells = 0;
            for (var entry : counts.entrySet()) {
                double expected = samples * Math.exp(logProbabilities.get(entry.getKey()));
                if (expected < 5) continue;
                chiSquare += (entry.getValue() - expected) * (entry.getValue() - expected) / expected;
                cells++;
            }
            assertTrue(cells > 3, "cells: " + cells);
            double z = (Math.cbrt(chiSquare / cells) - (1 - 2.0 / (9 * cells))) / Math.sqrt(2.0 / (9 * cells)); // Wilson & Hilferty
            assertTrue(z < 3.09, "χ² " + chiSquare + " of " + cells + " cells: p < 0.001");
        }
    }

    @Test
    void samplesDependOnSeedLineAndNumberOnlyAndTheirScoreIsForcedDecodings() {
        try (var tiny = TinyModel.of(29, 4); var predictor = tiny.predictor()) {
            var sampling =
                    new Sampling(3, new TokenDistribution(0.8, 11, 0.9), 5, LengthPenalty.AVERAGE, new Lengths(0, 1, 3),
                            List.of(Rule.TEXT_ONLY));
            var sentences = TinyModel.sentences(7, 5, 29, 6);
            var together = sampling.search(predictor, sentences);
            for (int b = 0; b < sentences.size(); b++) {
                var alone = sampling.search(predictor, sentences.subList(b, b + 1)).getFirst();
                for (int n = 0; n < 3; n++) {
                    assertArrayEquals(alone.get(n).tokens(), together.get(b).get(n).tokens());
                    assertEquals(alone.get(n).score(), together.get(b).get(n).score());
                    assertEquals(tiny.forced(sentences.get(b).tokens(), alone.get(n).tokens()),
                            alone.get(n).logProbability(), 1e-4);
                }
            }
        }
    }

    @Test
    void aDrawIsWhereTheSumOfProbabilitiesPassesU() {
        try (var arena = new Arena()) {
            var next = logarithms(arena, 0.5, 0, 0.2, 0.3);
            assertEquals(0, TokenDistribution.FULL.draw(next, 0, 0.49));
            assertEquals(2, TokenDistribution.FULL.draw(next, 0, 0.51));
            assertEquals(3, TokenDistribution.FULL.draw(next, 0, 0.71));
            assertEquals(3, TokenDistribution.FULL.draw(next, 0, 0.999999999));
        }
    }

    @Test
    void topKAndTopPKeepTheLikeliest() {
        try (var arena = new Arena()) {
            var next = logarithms(arena, 0.2, 0.5, 0, 0.3);
            var two = new TokenDistribution(1, 2, 1); // 1: 5/8, 3: 3/8
            assertEquals(1, two.draw(next, 0, 0.62));
            assertEquals(3, two.draw(next, 0, 0.63));
            assertEquals(3, two.draw(next, 0, 0.999));
            assertEquals(1, new TokenDistribution(1, 0, 0.5).draw(next, 0, 0.999)); // 1 alone holds 0.5
            assertEquals(3, new TokenDistribution(1, 0, 0.51).draw(next, 0, 0.999));
            assertEquals(1, new TokenDistribution(1, 1, 1).draw(next, 0, 0.999));
        }
    }

    @Test
    void temperatureIsAnExponentOfTheProbabilities() {
        try (var arena = new Arena()) {
            var next = logarithms(arena, 0.2, 0.8);
            var cold = new TokenDistribution(0.5, 0, 1); // 0.04 : 0.64 = 1 : 16
            assertEquals(0, cold.draw(next, 0, 1 / 17.0 - 1e-6));
            assertEquals(1, cold.draw(next, 0, 1 / 17.0 + 1e-6));
        }
    }

    private static Matrix logarithms(Arena arena, double... probabilities) {
        var next = arena.matrix(1, probabilities.length);
        for (int v = 0; v < probabilities.length; v++) next.set(0, v, (float) Math.log(probabilities[v]));
        return next;
    }

    /// With few of the best they are kept in order as they come, with many all are sorted; equal ones are by their ids.
    @Test
    void theBestTokensAreTheSameHoweverTheyAreFound() {
        try (var arena = new Arena()) {
            var probabilities = new double[50];
            for (int v = 0; v < probabilities.length; v++)
                probabilities[v] = v % 3 == 0 ? 0 : (v * 37 % 11 + 1) / 200.0;
            var next = logarithms(arena, probabilities);
            var kept = new TokenDistribution(0.7, 64, 0.8);
            var sorted = new TokenDistribution(0.7, 0, 0.8);
            var drawn = new TreeSet<Integer>();
            for (int i = 0; i < 1000; i++) {
                int token = kept.draw(next, 0, i / 1000.0);
                assertEquals(token, sorted.draw(next, 0, i / 1000.0));
                drawn.add(token);
            }
            assertTrue(drawn.size() > 5 && drawn.stream().noneMatch(v -> v % 3 == 0), drawn.toString());
        }
    }
}
