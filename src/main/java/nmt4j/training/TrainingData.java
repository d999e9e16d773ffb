package nmt4j.training;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import nmt4j.data.Corpus;
import nmt4j.data.ValidationSet;

/// What a model learns from, and what it is judged on.
public record TrainingData(Corpus corpus, Optional<ValidationSet> validation) {
    private static final String CORPUS = "corpus";
    private static final String VALIDATION = "validation";

    /// By these a resumed run can tell that its corpora are not those that it began with.
    Map<String, String> fingerprints() {
        var fingerprints = new LinkedHashMap<String, String>();
        fingerprints.put(CORPUS, Long.toHexString(corpus.fingerprint()));
        validation.ifPresent(set -> fingerprints.put(VALIDATION, Long.toHexString(set.fingerprint())));
        return fingerprints;
    }

    /// @param began  the fingerprints that a run began with; earlier versions kept none of the validation corpus
    /// @return       which corpus is another one now
    Optional<String> changed(Map<String, String> began) {
        var now = fingerprints();
        if (!now.get(CORPUS).equals(began.get(CORPUS))) return Optional.of("training corpus");
        var validation = began.getOrDefault(VALIDATION, now.get(VALIDATION));
        return Objects.equals(validation, now.get(VALIDATION)) ? Optional.empty() : Optional.of("validation corpus");
    }
}
