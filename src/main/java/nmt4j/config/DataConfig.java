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

    @Override
    public void check(Rules rules) {
        rules.require(() -> !train.isEmpty(), "empty; expected one corpus at least", "train");
    }
}
