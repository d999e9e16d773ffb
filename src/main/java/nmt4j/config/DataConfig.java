package nmt4j.config;

import java.util.List;
import java.util.Optional;

/// The corpora, and how their text becomes ids.
public record DataConfig(
        @Key("training corpora, one or several") List<CorpusConfig> train,
        @Key(value = "validation corpus; null: no validation", initial = "null") Optional<CorpusConfig> validation,
        @Key(value = "subwords a side; longer training pairs are left out and counted", initial = "100",
                in = "[1, 65535]") int maxLength,
        @Key(value = "lower-case the text of both sides", initial = "false") boolean lowercase,
        @Key(value = "how a line becomes subwords", initial = "bpe") TokenizerConfig tokenizer,
        @Key("which subwords have an id") VocabularyConfig vocabulary)
        implements Checked {

    /// The same with the subwords of another; how often merges are left out in training stays.
    DataConfig withSubwordsOf(DataConfig other) {
        return new DataConfig(train, validation, maxLength, other.lowercase,
                other.tokenizer.withDropout(tokenizer.dropout()), other.vocabulary);
    }

    @Override
    public void check(Rules rules) {
        rules.require(() -> !train.isEmpty(), "empty; expected one corpus at least", "train");
    }
}
