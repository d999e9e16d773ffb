package nmt4j.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nmt4j.config.TrainingConfig;
import nmt4j.config.TrainingConfig.Metric;
import nmt4j.config.TrainingConfig.Unit;
import nmt4j.data.Batch;
import nmt4j.data.ValidationSet;
import nmt4j.model.LoadedModel;
import nmt4j.tensor.CrossEntropy.Loss;
import nmt4j.tensor.Tape;

/// How good a model is on the validation set.
final class Judge {
    private static final int TOKENS = 4096;

    private final LoadedModel model;
    private final ValidationSet set;
    private final Surroundings surroundings;
    private final List<Batch> batches;

    /// @param loss          label-smoothed as in training
    /// @param translations  absent if nobody translates, or the loss is no number
    record Verdict(Loss loss, Optional<Validator.Translations> translations) {
        boolean isFinite() {
            return Double.isFinite(loss.loss());
        }

        /// By name, for files.
        Map<String, Double> scores() {
            var scores = new LinkedHashMap<String, Double>();
            translations.ifPresent(t -> scores.put("bleu", t.bleu()));
            scores.put("loss", loss.perToken());
            scores.put("perplexity", loss.perplexity());
            return scores;
        }

        /// In this metric; higher is better.
        double score(Metric metric) {
            return switch (metric) {
                case BLEU -> translations.map(Validator.Translations::bleu).orElse(-loss.perToken());
                case LOSS -> -loss.perToken();
                case PERPLEXITY -> -loss.perplexity();
            };
        }
    }

    Judge(LoadedModel model, ValidationSet set, Surroundings surroundings) {
        this.model = model;
        this.set = set;
        this.surroundings = surroundings;
        var batch = model.config().training().batch();
        batches = set.batches(batch.unit() == Unit.TOKENS ? batch.size() : TOKENS);
    }

    ValidationSet set() {
        return set;
    }

    /// @return  nothing if the run was asked to stop meanwhile
    Optional<Verdict> judge() {
        var loss = loss(model.config().training());
        var translations = surroundings.validator().filter(_ -> Double.isFinite(loss.loss()))
                .flatMap(v -> v.translate(model, set, surroundings.interrupted()));
        return surroundings.interrupted().getAsBoolean() ? Optional.empty()
                : Optional.of(new Verdict(loss, translations));
    }

    private Loss loss(TrainingConfig config) {
        var loss = Loss.NONE;
        try (var tape = Tape.inference(surroundings.parallel())) {
            for (var batch : batches) {
                if (surroundings.interrupted().getAsBoolean()) return loss;
                tape.begin(0);
                loss = loss.plus(model.model().evaluate(tape, batch, (float) config.loss().labelSmoothing()));
            }
        }
        return loss;
    }
}
