package nmt4j.decoding;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import nmt4j.Failure;
import nmt4j.model.AttentionListener;
import nmt4j.text.Vocabulary;

/// All translations, prefix by prefix, without any short cut: for vocabularies and lengths of a few, as the measure of other
/// searches.
///
/// @param best   how many translations are wanted
/// @param rules  applied in order
record ExhaustiveSearch(int best, LengthPenalty penalty, Lengths lengths, List<Rule> rules) implements Search {
    /// The most prefixes of one length.
    static final int LIMIT = 100_000;

    @Override
    public List<List<Hypothesis>> search(Predictor predictor, List<Sentence> sentences) {
        return sentences.stream().map(sentence -> search(predictor, sentence)).toList();
    }

    private List<Hypothesis> search(Predictor predictor, Sentence sentence) {
        var found = new BestTranslations(best);
        var prefixes = List.of(Prefix.EMPTY);
        var state = predictor.start(List.of(sentence));
        var tokens = new int[] {Vocabulary.START};
        int maximum = lengths.maximum(sentence.length());
        while (true) {
            var prediction = state.step(tokens, AttentionListener.NONE);
            var longer = new ArrayList<Prefix>();
            var rows = new ArrayList<Integer>();
            for (int row = 0; row < prefixes.size(); row++) {
                var next = NextTokens.of(prediction.logProbabilities(), row, rules, prefixes.get(row));
                if (prefixes.get(row).length() == maximum) next.only(Vocabulary.END);
                for (int v = 0; v < next.size(); v++) {
                    if (!next.isPossible(v)) continue;
                    var prefix = prefixes.get(row).then(v, next.raw(v));
                    if (v == Vocabulary.END) {
                        found.add(prefix.end(penalty));
                    } else {
                        longer.add(prefix);
                        rows.add(row);
                    }
                }
            }
            if (longer.isEmpty()) return found.list();
            if (longer.size() > LIMIT) throw Failure.check(String.format(Locale.ROOT,
                    "line %d: more than %,d beginnings of %d subwords: too many for an exhaustive search",
                    sentence.number(), LIMIT, longer.getFirst().length()));
            prefixes = longer;
            tokens = prefixes.stream().mapToInt(Prefix::token).toArray();
            state = prediction.state().select(rows.stream().mapToInt(i -> i).toArray());
        }
    }
}
