package nmt4j.decoding;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import nmt4j.kernel.Matrix;
import nmt4j.kernel.TopLogits;
import nmt4j.kernel.TopTokens;
import nmt4j.model.AttentionListener;

/// Another predictor, until it is stopped: then every step throws, so that a search that could go on for hours ends.
///
/// @param stopped  may become true in any thread
record StoppablePredictor(Predictor predictor, BooleanSupplier stopped) implements Predictor {
    @Override
    public State start(List<Sentence> sentences) {
        requireGoing();
        return new StoppableState(predictor.start(sentences));
    }

    private void requireGoing() {
        if (stopped.getAsBoolean()) throw new CancellationException("the search was stopped");
    }

    @Override
    public void close() {
        predictor.close();
    }

    private record StoppablePrediction(Prediction prediction, State state) implements Prediction {
        @Override
        public Matrix logProbabilities() {
            return prediction.logProbabilities();
        }

        @Override
        public Optional<TopTokens> likeliest(int k) {
            return prediction.likeliest(k);
        }

        @Override
        public Optional<TopLogits> largest(int k) {
            return prediction.largest(k);
        }
    }

    private final class StoppableState implements State {
        private final State state;

        StoppableState(State state) {
            this.state = state;
        }

        @Override
        public Prediction step(int[] tokens, AttentionListener attention) {
            requireGoing();
            var prediction = state.step(tokens, attention);
            return new StoppablePrediction(prediction, new StoppableState(prediction.state()));
        }

        @Override
        public State select(int[] rows) {
            return new StoppableState(state.select(rows));
        }

        @Override
        public State join(List<Sentence> newcomers) {
            return new StoppableState(state.join(newcomers));
        }
    }
}
