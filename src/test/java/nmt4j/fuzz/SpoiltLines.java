package nmt4j.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import nmt4j.cli.RandomModel;

/// Lines of anything, to be translated with options of any kind.
final class SpoiltLines implements Fuzzer {
    private static final List<List<String>> OPTIONS = List.of(List.of(), List.of("--beam", "3"), List.of("--sample"),
            List.of("--strict"), List.of("--alignment", "hard"), List.of("--replace-unknown"),
            List.of("--batch-tokens", "1"),
            List.of("--max-length", "3"), List.of("--format", "jsonl"), List.of("--no-repeat-ngram", "1"),
            List.of("--mbr", "chrf", "--candidates", "3"), List.of("--exact", "--exact-steps", "5"));

    @Override
    public Attempt attempt(Path folder, Random random) throws IOException {
        var arguments = new ArrayList<>(List.of("translate", RandomModel.anyOf(folder, random).toString(), "--threads",
                random.nextBoolean() ? "1" : "2"));
        arguments.addAll(OPTIONS.get(random.nextInt(OPTIONS.size())));
        var lines = new ByteArrayOutputStream();
        for (int n = random.nextInt(6); n >= 0; n--) {
            lines.write(line(random));
            if (n > 0 || random.nextBoolean()) lines.write('\n');
        }
        return Attempt.lineByLine(arguments, lines.toByteArray());
    }

    private static byte[] line(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> new byte[0];
            case 1 -> Mutation.piece(random);
            case 2 -> bytes(random, 60);
            case 3 -> text(random);
            default -> Mutation.of("ein kleiner Satz".getBytes(UTF_8), random);
        };
    }

    private static byte[] bytes(Random random, int longest) {
        var bytes = new byte[random.nextInt(longest)];
        random.nextBytes(bytes);
        return bytes;
    }

    /// Any code points, lone surrogates as `?`.
    private static byte[] text(Random random) {
        var text = new StringBuilder();
        for (int n = random.nextInt(40); n > 0; n--)
            text.appendCodePoint(random.nextInt(random.nextBoolean() ? 0x250 : 0x110000));
        return text.toString().getBytes(UTF_8);
    }
}
