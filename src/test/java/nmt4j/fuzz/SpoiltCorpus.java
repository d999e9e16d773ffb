package nmt4j.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/// Two sides of a corpus, one of them spoilt, packed perhaps: checked, read, or trained on.
final class SpoiltCorpus implements Fuzzer {
    private static final String CONFIG = """
            {"data": {"train": [{"source": "%1$s/corpus.de", "target": "%1$s/corpus.en"}], "maxLength": 20,
                      "tokenizer": {"type": "%2$s"%3$s}},
             "model": {"type": "transformer", "modelSize": 8, "feedForwardSize": 8, "numHeads": 2, "encoderLayers": 1,
                       "decoderLayers": 1},
             "training": {"batch": {"size": 64}, "maxEpochs": null, "maxUpdates": 2}}""";

    @Override
    public Attempt attempt(Path folder, Random random) throws IOException {
        var config = folder.resolve("corpus.json");
        boolean bpe = random.nextInt(3) > 0;
        Files.writeString(config, CONFIG.formatted(folder, bpe ? random.nextBoolean() ? "bpe" : "rawBpe"
                : random.nextBoolean() ? "word" : "char", bpe ? ", \"merges\": 20, \"dropout\": 0.1" : ""));
        for (var side : List.of("de", "en"))
            Files.write(folder.resolve("corpus." + side),
                    side.equals("de") || random.nextInt(4) == 0 ? spoilt(random) : text(random).getBytes(UTF_8));
        return new Attempt(command(folder, config, random), text(random).getBytes(UTF_8));
    }

    private static List<String> command(Path folder, Path config, Random random) {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> List.of("check", "data", config.toString());
            case 3, 4 -> List.of("vocab", config.toString());
            case 5, 6 -> List.of("tokenize", config.toString(), "--side", "source");
            default -> List.of("train", config.toString(), "--run", folder.resolve("run").toString(), "--overwrite",
                    "--threads", "1");
        };
    }

    private static String text(Random random) {
        var lines = new ArrayList<String>();
        for (int i = 0; i < 20; i++) {
            var line = new StringBuilder();
            for (int n = random.nextInt(9); n > 0; n--)
                line.append("der die ein Hund Haus geht é ß".split(" ")[random.nextInt(8)]).append(' ');
            lines.add(line.toString());
        }
        return String.join("\n", lines) + "\n";
    }

    private static byte[] spoilt(Random random) throws IOException {
        var spoilt = Mutation.of(text(random).getBytes(UTF_8), random);
        if (random.nextInt(4) > 0) return spoilt;
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(spoilt);
        }
        return random.nextBoolean() ? packed.toByteArray() : Mutation.of(packed.toByteArray(), random);
    }
}
