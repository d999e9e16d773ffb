package nmt4j.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import nmt4j.Failure;
import nmt4j.config.Config;
import nmt4j.tensor.Parameters;
import nmt4j.tensor.Precision;
import nmt4j.text.TextCodec;

/// A model in one `.safetensors` file: the weights under their names, and as `__metadata__` the format's version, the
/// resolved config, both sides' tokenizers and vocabularies, the update, and the scores. Nothing depends on time, host,
/// path or threads, so that equal runs give equal bytes.
public final class ModelFile {
    /// The best model of a run, in its folder.
    public static final String BEST = "best.safetensors";
    /// The name of a run's last model.
    public static final String LAST = "last.safetensors";

    private static final String FORMAT = "nmt4j";
    private static final String VERSION = "1";
    private static final String CONFIG = "config";
    private static final String SOURCE = "source";
    private static final String TARGET = "target";
    private static final String UPDATE = "update";
    private static final String SCORES = "scores";

    private ModelFile() {}

    /// Writes a model as [DurableFile] does.
    ///
    /// @param update  of the run at which these were the weights
    /// @param scores  by name, such as `bleu`
    public static void write(Path file, LoadedModel model, long update, Map<String, Double> scores) {
        var metadata = metadata(model);
        metadata.put(UPDATE, Long.toString(update));
        metadata.put(SCORES, CodecJson.write(scores));
        SafeTensors.write(file, metadata, Weights.sources(model.model().parameters()));
    }

    /// All that a file says of a model besides its weights.
    public static Map<String, String> metadata(LoadedModel model) {
        var metadata = new LinkedHashMap<String, String>();
        metadata.put(FORMAT, VERSION);
        metadata.put(CONFIG, model.config().toJson());
        metadata.put(SOURCE, CodecJson.write(model.source()));
        metadata.put(TARGET, CodecJson.write(model.target()));
        return metadata;
    }

    /// Reads a model to translate with, or to look at, in float32.
    ///
    /// @param path      a model file, or a run folder, whose best model it is
    /// @throws Failure  that names what is missing, misshapen, damaged or not a number
    public static LoadedModel load(Path path) {
        return load(path, Optional.of(Precision.FLOAT32));
    }

    /// Reads a model to translate with.
    ///
    /// @param precision  of its matrices; empty: that of the file
    public static LoadedModel load(Path path, Optional<Precision> precision) {
        return load(path, precision, _ -> {
        });
    }

    /// The same.
    ///
    /// @param announced  is told of the precision before anything else is done
    public static LoadedModel load(Path path, Optional<Precision> precision, Consumer<Precision> announced) {
        var file = file(path);
        try (var tensors = SafeTensors.open(file)) {
            var written = Weights.precision(tensors);
            var wanted = precision.orElse(written);
            announced.accept(wanted);
            var loaded = declare(file, tensors.metadata());
            try {
                Weights.requireShapes(loaded.model().parameters(), tensors, file);
                read(loaded.model().parameters(), tensors, file, written, wanted);
            } catch (RuntimeException | Error e) {
                loaded.close();
                throw e;
            }
            return loaded;
        }
    }

    private static void read(Parameters parameters, SafeTensors tensors, Path file, Precision written,
            Precision wanted) {
        if (written == wanted && written != Precision.FLOAT32) {
            Weights.readPacked(parameters, tensors, file);
            return;
        }
        parameters.allocate(false);
        Weights.read(parameters, tensors, file);
        parameters.convert(wanted);
    }

    /// Copies a model's weights into one of the same architecture and vocabulary, which has memory already.
    ///
    /// @throws Failure  if a parameter is missing or has another shape
    public static void readInto(TranslationModel model, Path path) {
        var file = file(path);
        try (var tensors = SafeTensors.open(file)) {
            Weights.requireShapes(model.parameters(), tensors, file);
            Weights.read(model.parameters(), tensors, file);
        }
    }

    /// What a file says of its model, whose weights have no memory and are not read.
    public static LoadedModel describe(Path path) {
        var file = file(path);
        try (var tensors = SafeTensors.open(file)) {
            return declare(file, tensors.metadata());
        }
    }

    /// How a model came about.
    ///
    /// @param update  of its run
    /// @param scores  by name, such as `bleu`; none of one that was not validated
    public record Origin(long update, Map<String, Double> scores) {}

    /// The update and the scores that a model was written with.
    public static Origin origin(Path path) {
        var file = file(path);
        try (var tensors = SafeTensors.open(file)) {
            var metadata = tensors.metadata();
            return new Origin(number(file, entry(file, metadata, UPDATE)),
                    CodecJson.readScores(entry(file, metadata, SCORES), file));
        }
    }

    /// The file that a path means.
    ///
    /// @param path      a model file, or a run folder, whose best model it is
    /// @throws Failure  if it is a folder without
    public static Path file(Path path) {
        if (!Files.isDirectory(path)) return path;
        var best = path.resolve(BEST);
        if (Files.exists(best)) return best;
        var last = path.resolve(LAST);
        throw Failure
                .mistake(path + ": a folder without " + BEST + "; expected a model file or the folder of a run that"
                        + " was validated" + (Files.exists(last) ? ", or " + last : ""));
    }

    /// The model that a file's metadata describe; it has no memory yet.
    ///
    /// @param file  for messages
    public static LoadedModel declare(Path file, Map<String, String> metadata) {
        var version = entry(file, metadata, FORMAT);
        if (!version.equals(VERSION))
            throw Failure.mistake(file + ": written in version " + version
                    + " of the model format; this program reads version " + VERSION);
        var config = Config.parse(entry(file, metadata, CONFIG), file + ": config");
        var sourceText = entry(file, metadata, SOURCE);
        var targetText = entry(file, metadata, TARGET);
        var source = CodecJson.read(sourceText, file + ": " + SOURCE);
        var target = targetText.equals(sourceText) ? source : CodecJson.read(targetText, file + ": " + TARGET);
        try {
            return declare(config, source, target);
        } catch (Failure e) {
            throw e.at(file.toString());
        }
    }

    /// A model that has no memory yet.
    ///
    /// @throws Failure  if all embeddings are tied and the vocabularies are not of one size
    public static LoadedModel declare(Config config, TextCodec source, TextCodec target) {
        return new LoadedModel(config, source, target,
                ModelFactory.declare(config.model(), source.vocabulary().size(), target.vocabulary().size()));
    }

    private static String entry(Path file, Map<String, String> metadata, String key) {
        var value = metadata.get(key);
        if (value == null) throw Failure.mistake(file + ": not a model of nmt4j: its metadata have no " + key);
        return value;
    }

    private static long number(Path file, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Failure.mistake(file + ": " + UPDATE + ": " + text + "; expected a number");
        }
    }
}
