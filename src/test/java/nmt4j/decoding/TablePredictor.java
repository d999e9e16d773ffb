package nmt4j.decoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import nmt4j.kernel.Arena;
import nmt4j.model.AttentionListener;
import nmt4j.text.Vocabulary;

/// Probabilities written by hand.
///
/// @param next       of what follows a beginning, by id
/// @param attention  of the step after a beginning
record TablePredictor(int vocabulary, Function<List<Integer>, double[]> next,
        Function<List<Integer>, float[]> attention, Arena arena) implements Predictor {

    static TablePredictor of(int vocabulary, Function<List<Integer>, double[]> next) {
        return new TablePredictor(vocabulary, next, _ -> new float[] {1}, new Arena());
    }

    TablePredictor attending(Function<List<Integer>, float[]> other) {
        return new TablePredictor(vocabulary, next, other, arena);
    }

    @Override
    public State start(List<Sentence> sentences) {
        return new Rows(sentences.stream().map(_ -> List.<Integer>of()).toList());
    }

    private final class Rows implements State {
        private final List<List<Integer>> beginnings;

        Rows(List<List<Integer>> beginnings) {
            this.beginnings = beginnings;
        }

        @Override
        public Prediction step(int[] tokens, AttentionListener listener) {
            var longer = new ArrayList<List<Integer>>();
            var matrix = arena.matrix(tokens.length, vocabulary);
            for (int row = 0; row < tokens.length; row++) {
                var beginning = new ArrayList<>(beginnings.get(row));
                if (tokens[row] != Vocabulary.START) beginning.add(tokens[row]);
                longer.add(beginning);
                var probabilities = next.apply(beginning);
                for (int v = 0; v < vocabulary; v++) matrix.set(row, v, (float) Math.log(probabilities[v]));
                listener.attended(0, 0, row, attention.apply(beginning));
            }
            return new FullPrediction(matrix, new Rows(longer));
        }

        @Override
        public State select(int[] rows) {
            return new Rows(Arrays.stream(rows).mapToObj(beginnings::get).toList());
        }

        @Override
        public State join(List<Sentence> newcomers) {
            var joined = new ArrayList<>(beginnings);
            for (int i = 0; i < newcomers.size(); i++) joined.add(List.of());
            return new Rows(joined);
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
