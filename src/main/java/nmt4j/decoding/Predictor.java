package nmt4j.decoding;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import nmt4j.data.PackedSentences;
import nmt4j.kernel.Matrix;
import nmt4j.kernel.TopLogits;
import nmt4j.kernel.TopTokens;
import nmt4j.model.AttentionListener;
import nmt4j.text.Vocabulary;

/// What says how likely each next token is: all that a search knows of a model. One thread uses it.
public interface Predictor extends AutoCloseable {
    /// Before the first token, one row for each source. States of an earlier start are of no use any more.
    ///
    /// @param sentences  at least one
    State start(List<Sentence> sentences);

    @Override
    void close();

    /// Where the predictor is in some translations, one a row; see [nmt4j.model.DecoderState].
    interface State {
        /// Reads one token a row: `<s>` first, then what was chosen.
        Prediction step(int[] tokens, AttentionListener attention);

        /// The state of those rows, in that order; a row may come more than once, or not at all.
        State select(int[] rows);

        /// The state of these rows and, below them, one for each newcomer before its first token. States before this one
        /// are of no use any more.
        ///
        /// @param newcomers  at least one
        State join(List<Sentence> newcomers);
    }

    /// Of one step.
    interface Prediction {
        /// Of every next token [rows, V]; the reader's to change, until the next step or newcomers.
        Matrix logProbabilities();

        /// The k likeliest next tokens of each row, if they come for less than the log-probabilities of all.
        default Optional<TopTokens> likeliest(int k) {
            return Optional.empty();
        }

        /// The k tokens of each row with the largest logits, if they come for less than log-probabilities.
        default Optional<TopLogits> largest(int k) {
            return Optional.empty();
        }

        /// After the token read.
        State state();
    }

    /// A prediction that knows the log-probabilities of all tokens.
    record FullPrediction(Matrix logProbabilities, State state) implements Prediction {}

    /// Sources of sentences, as encoders want them: each ends with `</s>`.
    ///
    /// @param model  whose ids; if all models have the same, there is but one list of them
    static PackedSentences packed(List<Sentence> sentences, int model) {
        return PackedSentences.of(sentences.stream().map(Sentence::sources)
                .map(sources -> ended(sources.get(Math.min(model, sources.size() - 1)))).toList());
    }

    private static int[] ended(int[] tokens) {
        var ended = Arrays.copyOf(tokens, tokens.length + 1);
        ended[tokens.length] = Vocabulary.END;
        return ended;
    }
}
