package nmt4j.decoding;

import java.util.ArrayList;
import java.util.List;
import nmt4j.Failure;
import nmt4j.kernel.Matrix;
import nmt4j.model.AttentionListener;

/// Several models that say together what comes next.
record EnsemblePredictor(List<Predictor> models, Mean mean) implements Predictor {
    @Override
    public State start(List<Sentence> sentences) {
        var states = new ArrayList<State>();
        for (var model : models) states.add(model.start(sentences));
        return new Together(states, sentences.getFirst().sources().size() == 1);
    }

    private final class Together implements State {
        private final List<State> states;
        private final boolean readAlike;

        Together(List<State> states, boolean readAlike) {
            this.states = states;
            this.readAlike = readAlike;
        }

        @Override
        public Prediction step(int[] tokens, AttentionListener attention) {
            if (!readAlike && attention != AttentionListener.NONE)
                throw Failure.mistake("attention: the models read different subwords; expected the same ones");
            var matrices = new ArrayList<Matrix>();
            var next = new ArrayList<State>();
            for (var state : states) {
                var prediction = state.step(tokens, attention);
                matrices.add(prediction.logProbabilities());
                next.add(prediction.state());
            }
            return new FullPrediction(mean.of(matrices), new Together(next, readAlike));
        }

        @Override
        public State select(int[] rows) {
            return new Together(states.stream().map(state -> state.select(rows)).toList(), readAlike);
        }

        @Override
        public State join(List<Sentence> newcomers) {
            return new Together(states.stream().map(state -> state.join(newcomers)).toList(), readAlike);
        }
    }

    @Override
    public void close() {
        models.forEach(Predictor::close);
    }
}
