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

    private static final String ABSENT = "absent";

    /// A key whose values differ; `absent` where one config has no such key.
    public record Difference(String path, String ours, String theirs) {
        /// Whether the key makes other subwords. BPE-dropout, where there is any, chooses among those that there are.
        boolean decidesSubwords() {
            if (path.equals("data.tokenizer.dropout")) return ours.equals(ABSENT);
            return path.equals("data.lowercase") || path.startsWith("data.tokenizer.")
                    || path.startsWith("data.vocabulary.");
        }
    }

    /// Reads a config, whose corpora and other files may be absent.
    ///
    /// @param settings  `path=value` each, in place of what the file says
    /// @throws Failure  with all mistakes of the file and the settings, a line each
    public static Config load(Path file, List<String> settings) {
        return bind(ConfigFile.read(file), file.toString(), settings, FileCheck.ALL_MAY_BE_ABSENT);
    }

    /// Reads a config to be trained; a missing file is among its mistakes.
    public static Config loadForTraining(Path file, List<String> settings) {
        return bind(ConfigFile.read(file), file.toString(), settings, FileCheck.ALL_MUST_EXIST);
    }

    /// Reads the config of a run that goes on; a missing corpus is among its mistakes. What it began with besides is in its
    /// state.
    public static Config loadForResuming(Path file, List<String> settings) {
        return bind(ConfigFile.read(file), file.toString(), settings, FileCheck.CORPORA_MUST_EXIST);
    }

    /// Reads a config from its text.
    ///
    /// @param source  what to call it in messages
    public static Config parse(String json, String source) {
        return bind(json, source, List.of(), FileCheck.ALL_MAY_BE_ABSENT);
    }

    private static Config bind(String json, String source, List<String> settings, FileCheck fileCheck) {
        var mistakes = new Mistakes();
        var fields = fields(json, source, settings, mistakes);
        var config = new Binding(mistakes, fileCheck).record(Config.class, fields, "");
        mistakes.throwIfAny();
        return config;
    }

    /// What a config's text and the settings say.
    static Json.Fields fields(String json, String source, List<String> settings, Mistakes mistakes) {
        if (json.length() > ConfigFile.LARGEST)
            throw Failure.mistake(source + ": over 1 MB; a config is a small JSON file");
        if (!(JsonReader.read(json, source, mistakes) instanceof Json.Fields fields))
            throw Failure.mistake(source + ": expected an object in { }");
        Overrides.apply(settings, fields, mistakes);
        return fields;
    }

    /// The same with another precision of training.
    public Config withPrecision(TrainingConfig.Precision precision) {
        return new Config(seed, data, model, training.withPrecision(precision), decoding);
    }

    /// The same with the subwords of a model that training starts from, in place of defaults.
    ///
    /// @param model     its config
    /// @param given     the keys of this one that are not defaults
    /// @throws Failure  if some of them say another thing of subwords than the model's, or do not go with those
    public Config withSubwordsOf(Config model, GivenKeys given) {
        var mistakes = new Mistakes();
        for (var d : model.differences(this))
            if (d.decidesSubwords() && given.contain(d.path()))
                mistakes.add(given.place(d.path()), d.path(), d.theirs() + ", but training.initialModel has " + d.ours()
                        + ", and its vocabulary is taken over; expected the same, or no such key");
        var same = new Config(seed, data.withSubwordsOf(model.data), this.model, training, decoding);
        same.check((holds, message, keys) -> {
            if (!holds.getAsBoolean()) mistakes.add(Place.of("training.initialModel"), keys[0], message.get());
        });
        mistakes.throwIfAny();
        return same;
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
            var here = ours.getOrDefault(path, ABSENT);
            var there = theirs.getOrDefault(path, ABSENT);
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
