package nmt4j.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import nmt4j.config.Config;

/// A config with other values, keys and letters, shown by `nmt config`; or good, with spoilt settings.
final class SpoiltConfig implements Fuzzer {
    private static final List<String> FAMILIES = List.of("\"transformer\"", "\"rnn\"", "\"convolutional\"");
    private static final String[] VALUES = {"0", "-1", "1", "2147483647", "2147483648", "1e308", "1e-320", "0.5",
            "null",
            "true", "\"\"", "\"x\"", "[]", "{}", "65536", "256", "{\"type\": \"word\"}", "99999999999999999999"};

    @Override
    public Attempt attempt(Path folder, Random random) throws IOException {
        var corpus = Files.writeString(folder.resolve("small"), "ein kleiner Satz\nein kleines Haus\n");
        var good = Config.parse("""
                {"data": {"train": [{"source": "%1$s", "target": "%1$s"}]}, "model": {"type": %2$s}}"""
                .formatted(corpus, FAMILIES.get(random.nextInt(FAMILIES.size()))), "good").toJson();
        var file = folder.resolve("spoilt.json");
        var arguments = new ArrayList<>(List.of("config", file.toString()));
        switch (random.nextInt(3)) {
            case 0 -> Files.write(file, Mutation.of(good.getBytes(UTF_8), random));
            case 1 -> Files.writeString(file, otherValues(good, random));
            default -> {
                Files.writeString(file, good);
                arguments.addAll(List.of("--set", Mutation.of("model.modelSize=64", random).replace("\0", "")));
            }
        }
        return new Attempt(arguments, new byte[0]);
    }

    /// Other values for some keys.
    private static String otherValues(String json, Random random) {
        var lines = new ArrayList<>(json.lines().toList());
        for (int n = random.nextInt(3); n >= 0; n--) {
            int i = random.nextInt(lines.size());
            var line = lines.get(i);
            int colon = line.indexOf(": ");
            if (colon < 0 || line.endsWith("{") || line.endsWith("[")) continue;
            lines.set(i, line.substring(0, colon + 2) + VALUES[random.nextInt(VALUES.length)]
                    + (line.endsWith(",") ? "," : ""));
        }
        return String.join("\n", lines);
    }
}
