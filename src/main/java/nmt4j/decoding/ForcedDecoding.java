package nmt4j.decoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nmt4j.model.AttentionListener;
import nmt4j.text.Vocabulary;

/// No search at all: what a model says of a translation that is known, [Demands#prefix()]. It takes the steps that a search
/// takes, so that the numbers are, bit for bit, those with which a search found the translation.
record ForcedDecoding(LengthPenalty penalty) implements Search {

    @Override
    public List<List<Hypothesis>> search(Predictor predictor, List<Sentence> sentences) {
        var all = new ArrayList<Forced>();
        for (var sentence : sentences) all.add(new Forced(sentence.demands().prefix(), all.size()));
        var live = new ArrayList<>(all);
        var state = predictor.start(sentences);
        var tokens = new int[sentences.size()];
        Arrays.fill(tokens, Vocabulary.START);
        while (true) {
            var prediction = state.step(tokens, AttentionListener.NONE);
            for (int row = 0; row < live.size(); row++) live.get(row).goOn(prediction, row);
            int rows = live.size();
            live.removeIf(Forced::isDone);
            if (live.isEmpty()) return all.stream().map(forced -> List.of(forced.prefix.end(penalty))).toList();
            tokens = live.stream().mapToInt(forced -> forced.prefix.token()).toArray();
            state = live.size() == rows ? prediction.state()
                    : prediction.state().select(live.stream().mapToInt(forced -> forced.row).toArray());
        }
    }

    private static final class Forced {
        private final int[] target;
        private int row;
        private Prefix prefix = Prefix.EMPTY;

        Forced(int[] target, int row) {
            this.target = target;
            this.row = row;
        }

        boolean isDone() {
            return prefix.length() > target.length;
        }

        void goOn(Predictor.Prediction prediction, int itsRow) {
            row = itsRow;
            int token = prefix.length() == target.length ? Vocabulary.END : target[prefix.length()];
            prefix = prefix.then(token, prediction.logProbabilities().get(row, token));
        }
    }
}
