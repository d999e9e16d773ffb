package nmt4j.decoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nmt4j.Failure;
import nmt4j.kernel.Matrix;
import nmt4j.kernel.Randomness;
import nmt4j.model.AttentionListener;
import nmt4j.text.Vocabulary;

/// Ancestral sampling: each token is drawn from the model's distribution given those before. What is drawn is a function of
/// the seed, the line's number, the sample's number and the position. Scores are those of the model, whatever was cut.
///
/// @param samples  of each sentence; they come in the order of their numbers
record Sampling(int samples, TokenDistribution distribution, long seed, LengthPenalty penalty, Lengths lengths,
        List<Rule> rules)
        implements Search {

    @Override
    public long width(Sentence sentence) {
        return samples;
    }

    @Override
    public List<List<Hypothesis>> search(Predictor predictor, List<Sentence> sentences) {
        var all = new ArrayList<Sample>();
        for (int b = 0; b < sentences.size(); b++)
            for (int n = 0; n < samples; n++) all.add(new Sample(sentences.get(b), n, b));
        var live = new ArrayList<>(all);
        var state = predictor.start(sentences).select(rows(live));
        var tokens = new int[live.size()];
        Arrays.fill(tokens, Vocabulary.START);
        while (true) {
            var prediction = state.step(tokens, AttentionListener.NONE);
            for (int row = 0; row < live.size(); row++) live.get(row).goOn(prediction.logProbabilities(), row);
            live.removeIf(sample -> sample.ended != null);
            if (live.isEmpty()) return bySentence(all);
            tokens = live.stream().mapToInt(sample -> sample.prefix.token()).toArray();
            state = prediction.state().select(rows(live));
        }
    }

    private static int[] rows(List<Sample> samples) {
        return samples.stream().mapToInt(sample -> sample.row).toArray();
    }

    private List<List<Hypothesis>> bySentence(List<Sample> all) {
        var found = new ArrayList<List<Hypothesis>>();
        for (int i = 0; i < all.size(); i += samples)
            found.add(all.subList(i, i + samples).stream().map(sample -> sample.ended).toList());
        return found;
    }

    /// One translation being drawn.
    private final class Sample {
        private final long key;
        private final int maximum;
        private int row;
        private Prefix prefix = Prefix.EMPTY;
        private Hypothesis ended;

        Sample(Sentence sentence, int number, int row) {
            key = Randomness.key(Randomness.key(seed, sentence.number()), number);
            maximum = lengths.maximum(sentence.length());
            this.row = row;
        }

        void goOn(Matrix next, int row) {
            this.row = row;
            var allowed = new NextTokens(next, row);
            int token = prefix.length() == maximum ? Vocabulary.END : draw(allowed);
            prefix = prefix.then(token, allowed.raw(token));
            if (token == Vocabulary.END) ended = prefix.end(penalty);
        }

        private int draw(NextTokens next) {
            for (var rule : rules) rule.apply(next, prefix);
            int token = distribution.draw(next.matrix(), row, Randomness.uniform(key, prefix.length()));
            if (token < 0)
                throw Failure.check("the model gives no probability to any token; are there NaN among its weights?");
            return token;
        }
    }
}
