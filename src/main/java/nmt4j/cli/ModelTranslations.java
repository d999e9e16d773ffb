package nmt4j.cli;

import java.util.List;
import nmt4j.config.Config;
import nmt4j.config.TokenizerConfig;
import nmt4j.decoding.Search;
import nmt4j.decoding.Translation;
import nmt4j.decoding.Translator;
import nmt4j.evaluation.Bleu;
import nmt4j.evaluation.BleuTokenizer;
import nmt4j.model.LoadedModel;
import nmt4j.text.BpeTokenizer;
import nmt4j.text.CharacterTokenizer;
import nmt4j.text.RawBpeTokenizer;
import nmt4j.text.TextCodec;
import nmt4j.text.WordTokenizer;

/// What a model makes of a whole corpus, and how that is scored.
final class ModelTranslations {
    private ModelTranslations() {}

    static List<String> of(LoadedModel model, Search search, int threads, List<String> lines) {
        try (var translator = Translator.of(model, search, threads, Translator.Options.BATCH_TOKENS)) {
            return translator.texts(lines);
        }
    }

    /// The same, with an empty one for a line for which the search can find none.
    static List<String> found(LoadedModel model, Search search, int threads, List<String> lines) {
        try (var translator = Translator.of(model, search, threads, Translator.Options.BATCH_TOKENS)) {
            return Translation.textsFound(translator.translate(lines));
        }
    }

    /// Models on words or `bpe` read text that is tokenised already: BLEU shall not do that once more.
    static BleuTokenizer tokenizer(LoadedModel model) {
        return tokenizer(model.target());
    }

    static BleuTokenizer tokenizer(TextCodec target) {
        return switch (target.tokenizer()) {
            case WordTokenizer _,BpeTokenizer _ -> BleuTokenizer.NONE;
            case CharacterTokenizer _,RawBpeTokenizer _ -> BleuTokenizer.V13A;
        };
    }

    /// BLEU as training measures it.
    static Bleu bleu(Config config) {
        var bleu = Bleu.standard().tokenizedBy(switch (config.data().tokenizer()) {
            case TokenizerConfig.Word _,TokenizerConfig.Bpe _ -> BleuTokenizer.NONE;
            case TokenizerConfig.Char _,TokenizerConfig.RawBpe _ -> BleuTokenizer.V13A;
        });
        return config.data().lowercase() ? bleu.lowercased() : bleu;
    }
}
