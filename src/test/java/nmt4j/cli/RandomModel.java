package nmt4j.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import nmt4j.config.Config;
import nmt4j.model.ModelFile;
import nmt4j.text.RawBpeTokenizer;
import nmt4j.text.TextCodec;
import nmt4j.text.TokenCounts;
import nmt4j.text.Tokenizer;

/// Files of small models that have learnt nothing.
public final class RandomModel {
    public static final String TRANSFORMER = """
            "type": "transformer", "modelSize": 8, "feedForwardSize": 12, "numHeads": 2, "encoderLayers": 1,
            "decoderLayers": 2""";
    static final String LUONG = """
            "type": "rnn", "embeddingSize": 7, "modelSize": 8, "context": {"type": "luong"}""";
    static final String WITHOUT_ATTENTION = """
            "type": "rnn", "embeddingSize": 7, "modelSize": 8, "context": {"type": "none"}""";
    static final String CONVOLUTIONAL = """
            "type": "convolutional", "embeddingSize": 7, "modelSize": 8, "encoderLayers": 1, "decoderLayers": 2""";

    private static final List<String> ALL = List.of(TRANSFORMER, LUONG, WITHOUT_ATTENTION, CONVOLUTIONAL);

    private RandomModel() {}

    /// A model of any family, in a folder where each is written once.
    public static Path anyOf(Path folder, Random random) {
        int which = random.nextInt(ALL.size());
        var file = folder.resolve("good-" + which + ".safetensors");
        return Files.exists(file) ? file : write(file, ALL.get(which), 3);
    }

    /// @param model  the config's model, without braces
    /// @return       the file
    public static Path write(Path file, String model, long seed) {
        return write(file, model, RawBpeTokenizer.learn(List.of("ein kleiner Satz"), 5), seed);
    }

    static Path write(Path file, String model, Tokenizer tokenizer, long seed) {
        var config = Config.parse("""
                {"data": {"train": [{"source": "a", "target": "b"}], "maxLength": 50, "tokenizer": {"type": "rawBpe"}},
                 "model": {%s}, "training": {"keepLast": 2, "keepBest": 2},
                 "decoding": {"beamSize": 2, "maxLength": {"factor": 0, "extra": 5}}}""".formatted(model), "tiny");
        var counts = new TokenCounts();
        for (var subword : tokenizer.encode("ein kleiner Satz")) counts.add(subword);
        var codec = new TextCodec(tokenizer, counts.vocabulary(tokenizer.alphabet(), 1, 1000), false);
        try (var tiny = ModelFile.declare(config, codec, codec)) {
            tiny.model().parameters().allocate(false);
            tiny.model().parameters().initialize(seed);
            ModelFile.write(file, tiny, seed, Map.of("bleu", (double) seed));
        }
        return file;
    }
}
