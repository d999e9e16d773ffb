package nmt4j.training;

import java.util.List;
import nmt4j.data.ValidationSet;
import nmt4j.model.LoadedModel;

/// Translates the validation set as a user would, and scores that. Composed where searching is known.
@FunctionalInterface
public interface Validator {
    Translations translate(LoadedModel model, ValidationSet set);

    /// @param bleu   of all translations, as sacreBLEU counts
    /// @param lines  one for each source line
    record Translations(double bleu, List<String> lines) {}
}
