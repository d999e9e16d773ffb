package nmt4j;

import static org.junit.jupiter.api.Named.named;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import nmt4j.config.Config;
import org.junit.jupiter.api.Named;

/// The configs in `configs`, as they are or small: what is tested for all of them is tested for a new one too.
public final class ShippedConfigs {
    private static final Path FOLDER = Path.of("configs");

    /// Distinct primes, or twice a prime where halves are needed: no transposition passes unseen.
    private static final List<String> SMALL =
            List.of("model.embeddingSize=17", "model.modelSize=22", "model.feedForwardSize=13", "model.numHeads=2");

    /// With AVX2 there is room between rows of so many columns.
    private static final List<String> WIDE = List.of("model.embeddingSize=256", "model.modelSize=256",
            "model.feedForwardSize=512", "model.numHeads=2", "model.encoderLayers=1", "model.decoderLayers=1");

    /// Settings of which no shipped config has any.
    private static final List<Variant> VARIANTS = List.of(
            new Variant("multi30k/transformer.json", "model.normalization=post", "model.positions=learned",
                    "model.activation=gelu", "model.tiedEmbeddings=output"),
            new Variant("multi30k/transformer.json", "model.positions=learned", "model.tiedEmbeddings=none"),
            new Variant("multi30k/convolutional.json", "model.kernelSize=7", "model.tiedEmbeddings=output"),
            new Variant("multi30k/convolutional.json", "model.kernelSize=1", "model.tiedEmbeddings=none"),
            new Variant("multi30k/gru-bahdanau.json", "model.encoderLayers=2", "model.decoderLayers=2",
                    "model.residual=true", "model.tiedEmbeddings=output"),
            new Variant("multi30k/gru-bahdanau.json", "model.cell=lstm", "model.bidirectional=false",
                    "model.bridge=zero", "model.readout=tanh", "model.tiedEmbeddings=none"),
            new Variant("multi30k/gru-fixed-context.json", "model.cell=jordan", "model.encoderLayers=2",
                    "model.decoderLayers=2", "model.bridge=last", "model.tiedEmbeddings=none"),
            new Variant("multi30k/jordan.json", "model.context.score=concat", "model.readout=maxout",
                    "model.bidirectional=false", "model.reverseSource=true", "model.bridge=last"),
            new Variant("multi30k/elman.json", "model.context={\"type\": \"luong\", \"inputFeeding\": false}",
                    "model.recurrentInitialization=xavier"),
            new Variant("multi30k/lstm-luong-general.json", "model.encoderLayers=2", "model.decoderLayers=2",
                    "model.dropout={\"embedding\": 0.2, \"layer\": 0.3, \"recurrent\": 0.1, \"word\": 0.1}"));

    private record Variant(String file, List<String> settings) {
        Variant(String file, String... settings) {
            this(file, List.of(settings));
        }

        Named<Config> sized(List<String> sizes) {
            var all = new ArrayList<>(settings);
            var json = Config.load(FOLDER.resolve(file), settings).toJson();
            for (var size : sizes)
                if (json.contains('"' + size.substring("model.".length(), size.indexOf('=')) + '"')) all.add(size);
            return named(String.join(" ", file, String.join(" ", settings)).strip(),
                    Config.load(FOLDER.resolve(file), all));
        }
    }

    private ShippedConfigs() {}

    /// As they are.
    public static Stream<Named<Config>> whole() {
        return files().map(file -> named(file, Config.load(FOLDER.resolve(file), List.of())));
    }

    /// With small layers; and some with settings that no config has.
    public static Stream<Named<Config>> small() {
        return Stream.concat(files().map(Variant::new), VARIANTS.stream())
                .map(variant -> variant.sized(SMALL));
    }

    /// One of each kind, with few but wide layers.
    public static Stream<Named<Config>> wide() {
        return Stream.of("transformer", "convolutional", "lstm-luong-concat", "gru-bahdanau", "jordan")
                .map(name -> new Variant("multi30k/" + name + ".json").sized(WIDE));
    }

    /// A config whose model drops nothing out.
    public static Config withoutDropout(Config config) {
        var shares = Pattern.compile("\"dropout\": \\{[^}]*}");
        var json = shares.matcher(config.toJson()).replaceAll(found -> found.group().replaceAll("[0-9.]+", "0"));
        return Config.parse(json, "without dropout");
    }

    private static Stream<String> files() {
        try (var files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .map(file -> FOLDER.relativize(file).toString().replace('\\', '/')).sorted().toList().stream();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
