package nmt4j.training;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import nmt4j.data.ValidationSet;
import nmt4j.model.LoadedModel;

/// Translates the validation set as a user would, and scores that. Composed where searching is known.
@FunctionalInterface
public interface Validator {
    /// @param interrupted  whether to give up
    /// @return             nothing if it was interrupted
    Optional<Translations> translate(LoadedModel model, ValidationSet set, BooleanSupplier interrupted);

    /// @param bleu   of all translations, as sacreBLEU counts
    /// @param lines  one for each source line
    record Translations(double bleu, List<String> lines) {}
}
