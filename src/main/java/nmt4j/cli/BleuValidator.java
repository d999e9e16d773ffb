package nmt4j.cli;

import java.util.List;
import nmt4j.data.ValidationSet;
import nmt4j.decoding.Search;
import nmt4j.decoding.Translation;
import nmt4j.decoding.Translator;
import nmt4j.evaluation.Bleu;
import nmt4j.model.LoadedModel;
import nmt4j.training.Validator;

/// BLEU by real decoding: the config's own search, and the score that `nmt eval` would print.
///
/// @param threads  that search side by side
record BleuValidator(int threads) implements Validator {
    @Override
    public Translations translate(LoadedModel model, ValidationSet set) {
        var config = model.config();
        var options = new Translator.Options(threads, Translator.Options.BATCH_TOKENS, config.data().maxLength());
        var search = Search.beam(config.decoding(), 1, 0);
        try (var translator = new Translator(model.model(), model.source(), model.target(), search, options)) {
            var lines = translator.translate(set.sources()).stream().map(Translation::text).toList();
            var bleu = config.data().lowercase() ? Bleu.standard().lowercased() : Bleu.standard();
            return new Translations(bleu.score(lines, List.of(set.references())).score(), lines);
        }
    }
}
