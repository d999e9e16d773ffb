package nmt4j.training;

import java.util.Optional;
import nmt4j.data.Corpus;
import nmt4j.data.ValidationSet;

/// What a model learns from, and what it is judged on.
public record TrainingData(Corpus corpus, Optional<ValidationSet> validation) {}
