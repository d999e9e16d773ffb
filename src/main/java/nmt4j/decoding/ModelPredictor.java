package nmt4j.decoding;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nmt4j.kernel.Matrix;
import nmt4j.kernel.Parallel;
import nmt4j.kernel.TopLogits;
import nmt4j.kernel.TopTokens;
import nmt4j.lexicon.Shortlist;
import nmt4j.model.AttentionListener;
import nmt4j.model.Decoder;
import nmt4j.model.DecoderState;
import nmt4j.model.TranslationModel;
import nmt4j.tensor.ChosenProjection;
import nmt4j.tensor.Projection;
import nmt4j.tensor.Tape;
import nmt4j.tensor.Tensor;

/// A model's predictions.
final class ModelPredictor implements Predictor {
    private final TranslationModel model;
    private final Projection projection;
    private final Optional<Shortlist> shortlist;
    private final int number;
    private final Decoder decoder;
    private final Tape weights; // what the decoder has made of them
    private final Tape step;    // begun anew each step
    private Tape kept;          // encoded sources and what decoder states keep
    private Tape spare;         // takes its place when sentences join
    private ChosenProjection chosen;

    /// @param projection  the model's output layer, shared by all who predict with it
    ModelPredictor(TranslationModel model, Projection projection, Parallel parallel) {
        this(model, projection, Optional.empty(), 0, parallel);
    }

    /// @param shortlist  of the words that a translation may consist of, if not of all
    /// @param number     of the model in an ensemble, from 0: which of a sentence's sources it reads
    ModelPredictor(TranslationModel model, Projection projection, Optional<Shortlist> shortlist, int number,
            Parallel parallel) {
        this.model = model;
        this.projection = projection;
        this.shortlist = shortlist;
        this.number = number;
        weights = Tape.predicting(parallel);
        step = Tape.predicting(parallel);
        kept = Tape.predicting(parallel);
        spare = Tape.predicting(parallel);
        decoder = model.decoder().made(weights);
    }

    @Override
    public State start(List<Sentence> sentences) {
        kept.begin(0);
        return new ModelState(begin(kept, sentences), words(sentences));
    }

    private DecoderState begin(Tape tape, List<Sentence> sentences) {
        chosen = ChosenProjection.of(kept, model.output().layer());
        return decoder.start(model.encoder().encode(tape, Predictor.packed(sentences, number)));
    }

    /// The ids that each sentence's translation may consist of, if not of all.
    private Optional<int[][]> words(List<Sentence> sentences) {
        return shortlist.map(list -> sentences.stream()
                .map(sentence -> list.ids(sentence.tokens(), sentence.demands().all())).toArray(int[][]::new));
    }

    private final class ModelState implements State {
        private final DecoderState state;
        private final Optional<int[][]> words; // of each row

        ModelState(DecoderState state, Optional<int[][]> words) {
            this.state = state;
            this.words = words;
        }

        @Override
        public Prediction step(int[] tokens, AttentionListener attention) {
            step.begin(0);
            var result = state.step(step, tokens, attention);
            var after = new ModelState(result.state(), words);
            return words.<Prediction>map(
                    ids -> new FullPrediction(chosen.logProbabilities(result.output(), ids).value(), after))
                    .orElseGet(() -> new LazyPrediction(result.output(), after));
        }

        @Override
        public State select(int[] rows) {
            return new ModelState(state.select(rows), words.map(ids -> chosen(ids, rows)));
        }

        @Override
        public State join(List<Sentence> newcomers) {
            var before = kept;
            kept = spare;
            spare = before;
            kept.begin(0);
            step.begin(0);
            var joined = state.join(begin(step, newcomers), kept);
            return new ModelState(joined, words.map(ids -> Stream.of(ids, words(newcomers).orElseThrow())
                    .flatMap(Arrays::stream).toArray(int[][]::new)));
        }
    }

    /// Goes through the output layer only when it is asked.
    private final class LazyPrediction implements Prediction {
        private final Tensor output; // what that layer reads [rows, H]
        private final ModelState state;
        private Matrix logProbabilities;

        LazyPrediction(Tensor output, ModelState state) {
            this.output = output;
            this.state = state;
        }

        @Override
        public Matrix logProbabilities() {
            if (logProbabilities == null) logProbabilities = projection.logProbabilities(output).value();
            return logProbabilities;
        }

        @Override
        public Optional<TopTokens> likeliest(int k) {
            return Optional.of(projection.likeliest(output, k));
        }

        @Override
        public Optional<TopLogits> largest(int k) {
            return Optional.of(projection.largest(output, k));
        }

        @Override
        public State state() {
            return state;
        }
    }

    private static int[][] chosen(int[][] ids, int[] rows) {
        var chosen = new int[rows.length][];
        for (int i = 0; i < rows.length; i++) chosen[i] = ids[rows[i]];
        return chosen;
    }

    @Override
    public void close() {
        for (var tape : List.of(weights, step, kept, spare)) tape.close();
    }
}
