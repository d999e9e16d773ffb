package nmt4j.decoding;

import java.util.List;
import nmt4j.kernel.Parallel;
import nmt4j.model.AttentionListener;
import nmt4j.model.DecoderState;
import nmt4j.model.TranslationModel;
import nmt4j.tensor.Projection;
import nmt4j.tensor.Tape;

/// A model's predictions.
final class ModelPredictor implements Predictor {
    private final TranslationModel model;
    private final Projection projection;
    private final int number;
    private final Tape batch; // encoded sources and what decoder states keep
    private final Tape step;  // everything else, begun anew each step

    /// @param projection  the model's output layer, shared by all who predict with it
    ModelPredictor(TranslationModel model, Projection projection, Parallel parallel) {
        this(model, projection, 0, parallel);
    }

    /// @param number  of the model in an ensemble, from 0: which of a sentence's sources it reads
    ModelPredictor(TranslationModel model, Projection projection, int number, Parallel parallel) {
        this.model = model;
        this.projection = projection;
        this.number = number;
        batch = Tape.inference(parallel);
        step = Tape.inference(parallel);
    }

    @Override
    public State start(List<Sentence> sentences) {
        batch.begin(0);
        return new ModelState(model.start(batch, Predictor.packed(sentences, number)));
    }

    private final class ModelState implements State {
        private final DecoderState state;

        ModelState(DecoderState state) {
            this.state = state;
        }

        @Override
        public Prediction step(int[] tokens, AttentionListener attention) {
            step.begin(0);
            var result = state.step(step, tokens, attention);
            var logProbabilities = projection.logProbabilities(result.output()).value(); // [rows, V]
            return new Prediction(logProbabilities, new ModelState(result.state()));
        }

        @Override
        public State select(int[] rows) {
            return new ModelState(state.select(rows));
        }
    }

    @Override
    public void close() {
        batch.close();
        step.close();
    }
}
