package nmt4j.evaluation;

import java.util.List;

import nmt4j.evaluation.Signature.Field;

/// Translation edit rate (Snover et al. 2006): the fewest insertions, deletions, substitutions of words and shifts of
/// phrases that turn the hypothesis into a reference, over the mean length of the references. Equal to sacreBLEU 2.6.0,
/// which follows Tercom.
///
/// @param normalized     tokenises Western punctuation, and East Asian characters with `asianSupport`
/// @param noPunct        takes out punctuation, with `asianSupport` East Asian punctuation too
/// @param asianSupport   extends the two above; alone it changes nothing
/// @param caseSensitive  whether letter case counts
public record Ter(boolean normalized, boolean noPunct, boolean asianSupport, boolean caseSensitive) implements Metric {
    /// sacreBLEU's and Tercom's defaults.
    public static Ter standard() {
        return new Ter(false, false, false, false);
    }

    public Ter withNormalization() {
        return new Ter(true, noPunct, asianSupport, caseSensitive);
    }

    public Ter withoutPunctuation() {
        return new Ter(normalized, true, asianSupport, caseSensitive);
    }

    public Ter withAsianSupport() {
        return new Ter(normalized, noPunct, true, caseSensitive);
    }

    public Ter cased() {
        return new Ter(normalized, noPunct, asianSupport, true);
    }

    @Override
    public String name() {
        return "TER";
    }

    @Override
    public boolean higherIsBetter() {
        return false;
    }

    /// The fewest edits over all references, and the references' mean length.
    @Override
    public double[] statistics(String hypothesis, List<String> references) {
        var tokenizer = new TercomTokenizer(this);
        var words = new Symbols();
        var hypothesisWords = words.of(tokenizer.tokenize(hypothesis));
        int fewest = Integer.MAX_VALUE;
        int lengths = 0;
        for (var reference : references) {
            var referenceWords = words.of(tokenizer.tokenizeTwice(reference));
            fewest = Math.min(fewest, TranslationEdits.count(hypothesisWords, referenceWords));
            lengths += referenceWords.length;
        }
        return new double[] {fewest, lengths / (double) references.size()};
    }

    @Override
    public TerScore score(double[] statistics) {
        double edits = statistics[0];
        double length = statistics[1];
        double rate = length > 0 ? edits / length : edits > 0 ? 1 : 0;
        return new TerScore(100 * rate, (long) edits, length);
    }

    @Override
    public Signature signature(References references) {
        return Signature.of(references.count(), List.of(
                new Field("case", "c", caseSensitive ? "mixed" : "lc"),
                new Field("tok", "t", "tercom"),
                new Field("norm", "nr", Signature.yesNo(normalized)),
                new Field("punct", "pn", Signature.yesNo(!noPunct)),
                new Field("asian", "as", Signature.yesNo(asianSupport))));
    }
}
