package nmt4j.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import nmt4j.data.ValidationSet;
import nmt4j.decoding.Search;
import nmt4j.decoding.Settings;
import nmt4j.model.LoadedModel;
import nmt4j.training.Validator;

/// BLEU by real decoding: the config's own search, and the score that `nmt eval MODEL` would print. A line that the model
/// can not translate, because it computes NaN, counts as an empty one: no validation ends a run.
///
/// @param threads  that search side by side
record BleuValidator(int threads) implements Validator {
    /// Lines between two looks at whether to stop; enough to be cut into batches of similar length.
    private static final int LINES = 512;

    @Override
    public Optional<Translations> translate(LoadedModel model, ValidationSet set, BooleanSupplier interrupted) {
        var search = Search.words(Settings.of(model.config().decoding()));
        var lines = new ArrayList<String>();
        for (int from = 0; from < set.size(); from += LINES) {
            if (interrupted.getAsBoolean()) return Optional.empty();
            var some = set.sources().subList(from, Math.min(set.size(), from + LINES));
            lines.addAll(ModelTranslations.found(model, search, threads, some));
        }
        return Optional.of(new Translations(
                ModelTranslations.bleu(model.config()).score(lines, List.of(set.references())).score(), lines));
    }
}
