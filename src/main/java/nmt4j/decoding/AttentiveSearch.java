package nmt4j.decoding;

import java.util.ArrayList;
import java.util.List;

/// What a search finds, and the attention with which a forced decoding writes it again. So no search has to carry attention
/// along, and any can be aligned.
record AttentiveSearch(Search search, ForcedDecoding forced) implements Search {
    @Override
    public long width(Sentence sentence) {
        return search.width(sentence);
    }

    @Override
    public List<List<Hypothesis>> search(Predictor predictor, List<Sentence> sentences) {
        var found = search.search(predictor, sentences);
        var pairs = new ArrayList<Sentence>();
        for (int b = 0; b < found.size(); b++)
            for (var hypothesis : found.get(b))
                pairs.add(sentences.get(b).demanding(Demands.prefix(hypothesis.tokens())));
        var shown = forced.search(predictor, pairs).iterator();
        return found.stream().map(hypotheses -> hypotheses.stream().map(hypothesis -> {
            var attention = shown.next().getFirst().remarks().attention().orElseThrow();
            return hypothesis.with(hypothesis.remarks().withAttention(attention));
        }).toList()).toList();
    }
}
