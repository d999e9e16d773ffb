package nmt4j.cli;

import java.util.List;
import nmt4j.data.ValidationSet;
import nmt4j.decoding.Search;
import nmt4j.evaluation.Bleu;
import nmt4j.model.LoadedModel;
import nmt4j.training.Validator;

/// BLEU by real decoding: the config's own search, and the score that `nmt eval MODEL` would print.
///
/// @param threads  that search side by side
record BleuValidator(int threads) implements Validator {
    @Override
    public Translations translate(LoadedModel model, ValidationSet set) {
        var lines = ModelTranslations.of(model, Search.beam(model.config().decoding(), 1, 0), threads, set.sources());
        var bleu = Bleu.standard().tokenizedBy(ModelTranslations.tokenizer(model));
        if (model.config().data().lowercase()) bleu = bleu.lowercased();
        return new Translations(bleu.score(lines, List.of(set.references())).score(), lines);
    }
}
