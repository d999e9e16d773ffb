package nmt4j.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import nmt4j.Failure;
import nmt4j.config.TrainingConfig;
import nmt4j.model.LoadedModel;
import nmt4j.model.ModelFile;

/// The models that a run leaves behind: the last, the best, and the checkpoints that `keepBest` and `keepLast` ask for.
final class Checkpoints implements AutoCloseable {
    private final RunFolder folder;
    private final LoadedModel model;
    private final TrainingConfig config;
    private final Map<Path, Double> scores = new HashMap<>(); // as far as they were asked for
    private Optional<HeldFile> best = Optional.empty();

    Checkpoints(RunFolder folder, LoadedModel model) {
        this.folder = folder;
        this.model = model;
        config = model.config().training();
    }

    void writeLast(long update, Map<String, Double> scores) {
        ModelFile.write(folder.last(), model, update, scores);
    }

    /// Keeps the last model as the best one, and what it made of the validation set.
    void lastIsBest(Optional<Validator.Translations> translations) {
        close(); // not every system replaces a file that is open
        RunFolder.link(folder.last(), folder.best());
        holdBest();
        translations.ifPresent(t -> folder.write(folder.bestTranslations(), String.join("\n", t.lines()) + "\n"));
    }

    /// Puts the best model back as it was, and what it made of the validation set.
    void restoreBest(SavedState state) {
        close();
        state.restoreBest(folder);
        holdBest();
    }

    private void holdBest() {
        if (Files.exists(folder.best())) best = Optional.of(HeldFile.reading(folder.best()));
    }

    /// Writes the best model again if somebody has deleted it.
    void restore() {
        best.ifPresent(HeldFile::restore);
    }

    /// Makes a checkpoint of the last model.
    void add(long update) {
        RunFolder.link(folder.last(), folder.checkpoint(update));
        scores.remove(folder.checkpoint(update));
    }

    /// Deletes the checkpoints that are not to be kept. Of equal ones the first is the best.
    void prune() {
        var all = folder.checkpoints();
        var kept = new HashSet<Path>(all.subList(Math.max(0, all.size() - config.keepLast()), all.size()));
        if (config.keepBest() > 0)
            all.stream().sorted(Comparator.comparingDouble(this::score).reversed()).limit(config.keepBest())
                    .forEach(kept::add);
        for (var file : all) if (!kept.contains(file)) RunFolder.delete(file);
    }

    /// Deletes what a killed process wrote after its last state.
    void forgetAfter(long update) {
        for (var file : folder.checkpoints()) if (RunFolder.updateOf(file) > update) RunFolder.delete(file);
    }

    private double score(Path checkpoint) {
        return scores.computeIfAbsent(checkpoint, this::readScore);
    }

    /// The lowest of all if the file is damaged: a run does not need it to go on.
    private double readScore(Path checkpoint) {
        try {
            return scoreOf(checkpoint, config.validation().metric());
        } catch (Failure e) {
            return Double.NEGATIVE_INFINITY;
        }
    }

    /// How good a checkpoint was when it was written; higher is better.
    static double scoreOf(Path checkpoint, TrainingConfig.Metric metric) {
        var scores = ModelFile.origin(checkpoint).scores();
        return switch (metric) {
            case BLEU -> scores.getOrDefault("bleu", -scores.getOrDefault("loss", Double.MAX_VALUE));
            case LOSS -> -scores.getOrDefault("loss", Double.MAX_VALUE);
            case PERPLEXITY -> -scores.getOrDefault("perplexity", Double.MAX_VALUE);
        };
    }

    @Override
    public void close() {
        try {
            if (best.isPresent()) best.get().close();
            best = Optional.empty();
        } catch (IOException e) {
            throw Failure.machine(folder.best() + ": " + Failure.reason(e), e);
        }
    }
}
