package nmt4j.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import nmt4j.Failure;
import nmt4j.config.Config;
import nmt4j.data.TextCodecs;
import nmt4j.model.ModelFile;

/// Where a command takes CONFIG or MODEL: a folder or a `.safetensors` file is a model, all else a config.
final class ConfigOrModel {
    private ConfigOrModel() {}

    static boolean isModel(Path path) {
        return Files.isDirectory(path) || path.toString().endsWith(".safetensors");
    }

    /// The text codecs of a model, or those that a config's corpora and files give.
    static TextCodecs codecs(Path path, List<String> settings) {
        if (!isModel(path))
            return TextCodecs.of(Config.load(path, settings).data());
        if (!settings.isEmpty())
            throw Failure.mistake("--set: " + path + " is a model, whose config is settled");
        VectorModule.load();
        try (var model = ModelFile.describe(path)) {
            return new TextCodecs(model.source(), model.target());
        }
    }
}
