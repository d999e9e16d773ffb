package nmt4j.decoding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import nmt4j.Failure;
import nmt4j.decoding.TinyModel.Family;
import nmt4j.kernel.Arena;
import nmt4j.kernel.Matrix;
import nmt4j.kernel.Parallel;
import nmt4j.tensor.Tape;
import org.junit.jupiter.api.Test;

class EnsembleTest {
    private static final int V = 7;

    @Test
    void theArithmeticMeanIsOfProbabilitiesAndTheGeometricIsNormalised() {
        try (var arena = new Arena()) {
            var one = logarithms(arena, 0.1, 0.9);
            var two = logarithms(arena, 0.4, 0.6);
            var mean = Mean.ARITHMETIC.of(List.of(one, two));
            assertEquals(Math.log(0.25), mean.get(0, 0), 1e-6);
            assertEquals(Math.log(0.75), mean.get(0, 1), 1e-6);
            mean = Mean.GEOMETRIC.of(List.of(logarithms(arena, 0.1, 0.9), two));  // √0.04 = 0.2 and √0.54
            assertEquals(Math.log(0.2 / (0.2 + Math.sqrt(0.54))), mean.get(0, 0), 1e-6);
        }
    }

    @Test
    void whatNoModelThinksPossibleIsImpossible() {
        try (var arena = new Arena()) {
            for (var kind : Mean.values()) {
                var mean = kind.of(List.of(logarithms(arena, 0, 0.5, 0.5), logarithms(arena, 0, 0.25, 0.75)));
                assertEquals(Double.NEGATIVE_INFINITY, mean.get(0, 0), kind.name());
                assertEquals(1, Math.exp(mean.get(0, 1)) + Math.exp(mean.get(0, 2)), 1e-6, kind.name());
            }
        }
    }

    @Test
    void sumsOfLogarithmsAreThoseOfDoublePrecision() {
        var random = new Random(3);
        try (var arena = new Arena()) {
            for (int models = 2; models <= 5; models++) {
                var all = new ArrayList<Matrix>();
                var expected = new double[31];
                for (int i = 0; i < models; i++) {
                    var row = arena.matrix(1, 31);
                    for (int v = 0; v < 31; v++) {
                        row.set(0, v, (float) (-60 * random.nextDouble() * random.nextDouble()));
                        expected[v] += Math.exp(row.get(0, v)) / models;
                    }
                    all.add(row);
                }
                var mean = Mean.ARITHMETIC.of(all);
                for (int v = 0; v < 31; v++) assertEquals(Math.log(expected[v]), mean.get(0, v), 1e-5);
            }
        }
    }

    @Test
    void aModelThriceIsThatModel() {
        for (var family : Family.values())
            try (var tiny = TinyModel.of(family, V, 4); var alone = tiny.predictor(); var tape = tape()) {
                var sentences = TinyModel.sentences(5, 6, V, 4);
                var search = BeamSearchTest.beam(3, 2, LengthPenalty.NONE, new Lengths(0, 1, 3));
                var expected = search.search(alone, sentences);
                var model = tiny.loaded(family, V);
                for (var mean : Mean.values()) {
                    var ensemble = new Ensemble(List.of(model, model, model), mean);
                    try (var together = ensemble.predictor(ensemble.projections(tape))) {
                        var found = search.search(together, sentences);
                        for (int i = 0; i < found.size(); i++)
                            for (int n = 0; n < 2; n++)
                                assertEquals(expected.get(i).get(n).logProbability(),
                                        found.get(i).get(n).logProbability(), 1e-5);
                    }
                }
            }
    }

    @Test
    void theArithmeticMeanOfFamiliesIsThatOfTheirForcedProbabilitiesTokenByToken() {
        try (var one = TinyModel.of(Family.TRANSFORMER, V, 1); var two = TinyModel.of(Family.LUONG, V, 2);
                var three = TinyModel.of(Family.CONVOLUTIONAL, V, 3); var tape = tape()) {
            var models = List.of(one.loaded(Family.TRANSFORMER, V), two.loaded(Family.LUONG, V),
                    three.loaded(Family.CONVOLUTIONAL, V));
            var pair = List.of(new Sentence(1, new int[] {4, 6, 5}).demanding(Demands.prefix(6, 5, 5)));
            var forced = new ForcedDecoding(new Ranking(LengthPenalty.NONE), Optional.empty());
            var ensemble = new Ensemble(models, Mean.ARITHMETIC);
            try (var together = ensemble.predictor(ensemble.projections(tape))) {
                var found = forced.search(together, pair).getFirst().getFirst().logProbabilities();
                var expected = new double[4];
                for (var model : models) {
                    var alone = Ensemble.of(model);
                    try (var predictor = alone.predictor(alone.projections(tape))) {
                        var each = forced.search(predictor, pair).getFirst().getFirst().logProbabilities();
                        for (int t = 0; t < 4; t++) expected[t] += Math.exp(each[t]) / 3;
                    }
                }
                for (int t = 0; t < 4; t++) assertEquals(Math.log(expected[t]), found[t], 1e-5);
            }
        }
    }

    @Test
    void eachModelReadsItsOwnSubwords() {
        try (var one = TinyModel.of(Family.LUONG, V, 1); var two = TinyModel.of(Family.LUONG, V, 1);
                var tape = tape()) {
            var ensemble = new Ensemble(List.of(one.loaded(Family.LUONG, V), two.loaded(Family.LUONG, V)),
                    Mean.GEOMETRIC);
            try (var predictor = ensemble.predictor(ensemble.projections(tape))) {
                var demands = Demands.prefix(5, 4);
                var forced = new ForcedDecoding(new Ranking(LengthPenalty.NONE), Optional.empty());
                var different = new Sentence(1, List.of(new int[] {4, 5}, new int[] {6, 6, 6}), demands);
                var swapped = new Sentence(1, List.of(new int[] {6, 6, 6}, new int[] {4, 5}), demands);
                var same = new Sentence(1, List.of(new int[] {4, 5}), demands);
                double score = score(forced, predictor, different);
                assertEquals(score, score(forced, predictor, swapped), 1e-5);
                assertTrue(Math.abs(score - score(forced, predictor, same)) > 1e-3);
            }
        }
    }

    @Test
    void otherTargetWordsAreRefused() {
        try (var one = TinyModel.of(Family.LUONG, V, 1); var two = TinyModel.of(Family.LUONG, V + 1, 1)) {
            var models = List.of(one.loaded(Family.LUONG, V), two.loaded(Family.LUONG, V + 1));
            var failure = assertThrows(Failure.class, () -> new Ensemble(models, Mean.GEOMETRIC));
            assertTrue(failure.getMessage().startsWith("model 2: a target vocabulary of 8, but model 1 has 7"),
                    failure.getMessage());
        }
    }

    private static double score(Search search, Predictor predictor, Sentence sentence) {
        return search.search(predictor, List.of(sentence)).getFirst().getFirst().score();
    }

    private static Tape tape() {
        return Tape.inference(new Parallel(1));
    }

    private static Matrix logarithms(Arena arena, double... probabilities) {
        var next = arena.matrix(1, probabilities.length);
        for (int v = 0; v < probabilities.length; v++) next.set(0, v, (float) Math.log(probabilities[v]));
        return next;
    }
}
