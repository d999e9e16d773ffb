package nmt4j.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import nmt4j.text.BpeTokenizer;
import nmt4j.text.RawBpeTokenizer;
import nmt4j.text.TokenCounts;

/// Merges and a vocabulary, one or both spoilt, that a config has subwords cut by.
final class SpoiltVocabulary implements Fuzzer {
    private static final List<String> TEXT = List.of("ein kleiner Satz", "ein kleines Haus", "kein Satz, kein Haus");

    @Override
    public Attempt attempt(Path folder, Random random) throws IOException {
        boolean raw = random.nextBoolean();
        var codes = folder.resolve("codes");
        var vocabulary = folder.resolve("vocabulary");
        write(codes, vocabulary, raw);
        int which = random.nextInt(3);
        if (which > 0) Files.write(codes, Mutation.of(Files.readAllBytes(codes), random));
        if (which < 2) Files.write(vocabulary, Mutation.of(Files.readAllBytes(vocabulary), random));
        var config = Files.writeString(folder.resolve("vocabulary.json"), """
                {"data": {"train": [{"source": "none", "target": "none"}],
                          "tokenizer": {"type": "%s", "codes": "%s"}, "vocabulary": {"source": "%s"}}}"""
                .formatted(raw ? "rawBpe" : "bpe", codes, vocabulary));
        var arguments = new ArrayList<>(List.of("tokenize", config.toString(), "--side", "source"));
        if (random.nextInt(4) == 0) arguments.add("--decode");
        var input = Mutation.of(String.join("\n", TEXT), random).replaceAll("[\n\r]+", "\n");
        return Attempt.lineByLine(arguments, input.getBytes(UTF_8));
    }

    private static void write(Path codes, Path vocabulary, boolean raw) throws IOException {
        var counts = new TokenCounts();
        if (raw) {
            var tokenizer = RawBpeTokenizer.learn(TEXT, 10);
            Files.writeString(codes, tokenizer.codes());
            TEXT.forEach(line -> counts.addAll(tokenizer.encode(line)));
            Files.writeString(vocabulary, counts.vocabulary(tokenizer.alphabet(), 1, 1000).lines());
        } else {
            var tokenizer = BpeTokenizer.learn(TEXT, 10);
            Files.writeString(codes, tokenizer.codes());
            TEXT.forEach(line -> counts.addAll(tokenizer.encode(line)));
            Files.writeString(vocabulary, counts.vocabulary(tokenizer.alphabet(), 1, 1000).lines());
        }
    }
}
