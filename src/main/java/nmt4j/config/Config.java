package nmt4j.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import nmt4j.Failure;
import nmt4j.config.Binding.FileCheck;
import nmt4j.config.ModelConfig.TiedEmbeddings;

/// Everything that decides a run: same config, same corpora, same bits.
public record Config(
        @Key(value = "every random number of a run is a function of it", initial = "1", in = "[0, ∞)") long seed,
        @Key("corpora, and how their text becomes subwords") DataConfig data,
        @Key(value = "the architecture", initial = "transformer") ModelConfig model,
        @Key("how the model is trained") TrainingConfig training,
        @Key("how translations are searched for") DecodingConfig decoding)
        implements Checked {

    /// What says when a run ends and what it keeps, not what it computes.
    private static final Set<String> LIMITS = Set.of("training.maxEpochs", "training.maxUpdates", "training.maxMinutes",
            "training.validation.patience", "training.validation.samples", "training.keepBest", "training.keepLast");

    /// A key whose values differ; `absent` where one config has no such key.
    public record Difference(String path, String ours, String theirs) {}

    /// Reads a config, whose corpora and other files may be absent.
    ///
    /// @param settings  `path=value` each, in place of what the file says
    /// @throws Failure  with all mistakes of the file and the settings, a line each
    public static Config load(Path file, List<String> settings) {
        return bind(ConfigFile.read(file), file.toString(), settings, FileCheck.FILES_MAY_BE_ABSENT);
    }

    /// Reads a config to be trained; a missing corpus is among its mistakes.
    public static Config loadForTraining(Path file, List<String> settings) {
        return bind(ConfigFile.read(file), file.toString(), settings, FileCheck.FILES_MUST_EXIST);
    }

    /// Reads a config from its text.
    ///
    /// @param source  what to call it in messages
    public static Config parse(String json, String source) {
        return bind(json, source, List.of(), FileCheck.FILES_MAY_BE_ABSENT);
    }

    private static Config bind(String json, String source, List<String> settings, FileCheck fileCheck) {
        if (json.length() > ConfigFile.LARGEST)
            throw Failure.mistake(source + ": over 1 MB; a config is a small JSON file");
        var mistakes = new Mistakes();
        if (!(JsonReader.read(json, source, mistakes) instanceof Json.Fields fields))
            throw Failure.mistake(source + ": expected an object in { }");
        Overrides.apply(settings, fields, mistakes);
        var config = new Binding(mistakes, fileCheck).record(Config.class, fields, "");
        mistakes.throwIfAny();
        return config;
    }

    /// The same with another precision of training.
    public Config withPrecision(TrainingConfig.Precision precision) {
        return new Config(seed, data, model, training.withPrecision(precision), decoding);
    }

    /// The config as JSON with every default filled in; reads back as an equal config.
    public String toJson() {
        return JsonWriter.pretty(Resolved.json(this));
    }

    /// The keys that would make another run of this one: all that differ, but for limits and checkpoints kept.
    public List<Difference> differences(Config other) {
        var ours = Resolved.leaves(Resolved.json(this));
        var theirs = Resolved.leaves(Resolved.json(other));
        var paths = new LinkedHashSet<>(ours.keySet());
        paths.addAll(theirs.keySet());
        paths.removeAll(LIMITS);
        var differences = new ArrayList<Difference>();
        for (var path : paths) {
            var here = ours.getOrDefault(path, "absent");
            var there = theirs.getOrDefault(path, "absent");
            if (!here.equals(there))
                differences.add(new Difference(path, here, there));
        }
        return differences;
    }

    @Override
    public void check(Rules rules) {
        rules.require(() -> model.tiedEmbeddings() != TiedEmbeddings.ALL || data.vocabulary().isShared(),
                "all needs one vocabulary for both sides, but data.vocabulary has two (try output, or one vocabulary)",
                "model.tiedEmbeddings", "data.vocabulary");
        rules.require(() -> model.tiedEmbeddings() != TiedEmbeddings.ALL || model.targetEmbeddings().isEmpty(),
                "with tiedEmbeddings all both sides have one table: model.sourceEmbeddings are its vectors",
                "model.targetEmbeddings", "model.tiedEmbeddings");
        rules.require(() -> training.truncatedBackpropagation().isEmpty() || model instanceof RnnConfig,
                "only for model.type rnn: no other model has a recurrence to cut",
                "training.truncatedBackpropagation", "model.type");
        rules.require(() -> !(training.schedule() instanceof ScheduleConfig.Plateau) || data.validation().isPresent(),
                "plateau follows validations, and data.validation is null", "training.schedule.type",
                "data.validation");
        rules.require(() -> model.longestSentence().orElse(Integer.MAX_VALUE) > data.maxLength(),
                () -> model.longestSentence().getAsInt() + " positions do not hold data.maxLength " + data.maxLength()
                        + " and the end of sentence",
                "model.maxPositions", "data.maxLength");
    }
}
