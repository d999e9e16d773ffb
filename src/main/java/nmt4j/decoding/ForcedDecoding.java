package nmt4j.decoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import nmt4j.text.Vocabulary;

/// No search at all: what a model says of a translation that is known, [Demands#prefix()]. It takes the steps that a search
/// takes, so that the numbers are, bit for bit, those with which a search found the translation.
///
/// @param shown  whose attention the translations shall come with, if any
record ForcedDecoding(Ranking ranking, Optional<AttentionHeads> shown) implements Search {

    @Override
    public List<List<Hypothesis>> search(Predictor predictor, List<Sentence> sentences) {
        var all = new ArrayList<Forced>();
        for (var sentence : sentences) all.add(new Forced(sentence.demands().prefix(), all.size()));
        var live = new ArrayList<>(all);
        var attention = shown.map(AttentionRecorder::new).orElseGet(ranking::recorder);
        var state = predictor.start(sentences);
        var tokens = new int[sentences.size()];
        Arrays.fill(tokens, Vocabulary.START);
        while (true) {
            var prediction = state.step(tokens, attention.next());
            for (int row = 0; row < live.size(); row++) live.get(row).goOn(prediction, attention, row);
            int rows = live.size();
            live.removeIf(Forced::isDone);
            if (live.isEmpty()) return all.stream().map(forced -> List.of(forced.translation())).toList();
            tokens = live.stream().mapToInt(forced -> forced.prefix.token()).toArray();
            state = live.size() == rows ? prediction.state()
                    : prediction.state().select(live.stream().mapToInt(forced -> forced.row).toArray());
        }
    }

    private final class Forced {
        private final int[] target;
        private final List<SortedMap<AttentionHeads, float[]>> steps = new ArrayList<>();
        private int row;
        private Prefix prefix = Prefix.EMPTY;

        Forced(int[] target, int row) {
            this.target = target;
            this.row = row;
        }

        boolean isDone() {
            return prefix.length() > target.length;
        }

        void goOn(Predictor.Prediction prediction, AttentionRecorder attention, int itsRow) {
            row = itsRow;
            int token = prefix.length() == target.length ? Vocabulary.END : target[prefix.length()];
            prefix = prefix.then(token, prediction.logProbabilities().get(row, token));
            if (ranking.coverage() != 0) prefix = prefix.attending(attention.weights(row));
            if (shown.isPresent()) steps.add(attention.byHead(row));
        }

        Hypothesis translation() {
            var hypothesis = prefix.end(ranking);
            if (shown.isEmpty()) return hypothesis;
            var attention = DecoderAttention.of(shown.get(), steps);
            return hypothesis.with(hypothesis.remarks().withAttention(attention));
        }
    }
}
