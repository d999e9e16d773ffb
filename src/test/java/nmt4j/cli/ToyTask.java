package nmt4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/// What a sequence of symbols is to be turned into. Each needs something else of a model: to remember, to count from the
/// other end, to look at everything before the first word.
enum ToyTask {
    COPY,
    REVERSE,
    SORT;

    private static final int TRAIN = 20_000;
    private static final int TEST = 1_000;

    /// Writes `train.x`, `train.y`, `test.x` and `test.y`: distinct lines, so that none of the test set is in the training set.
    void write(Path folder, int symbols, int longest) throws IOException {
        var random = new Random(7);
        var distinct = new LinkedHashSet<List<Integer>>();
        while (distinct.size() < TRAIN + TEST)
            distinct.add(random.ints(1 + random.nextInt(longest), 0, symbols).boxed().toList());
        var lines = new ArrayList<>(distinct);
        Collections.shuffle(lines, random); // those that came last are longer: the short ones are soon used up
        write(folder, "train", lines.subList(0, TRAIN));
        write(folder, "test", lines.subList(TRAIN, TRAIN + TEST));
    }

    private void write(Path folder, String name, List<List<Integer>> lines) throws IOException {
        Files.write(folder.resolve(name + ".x"), lines.stream().map(ToyTask::text).toList(), UTF_8);
        Files.write(folder.resolve(name + ".y"), lines.stream().map(line -> text(answer(line))).toList(), UTF_8);
    }

    private List<Integer> answer(List<Integer> line) {
        return switch (this) {
            case COPY -> line;
            case REVERSE -> line.reversed();
            case SORT -> line.stream().sorted().toList();
        };
    }

    private static String text(List<Integer> line) {
        return line.stream().map(symbol -> "s" + symbol).collect(Collectors.joining(" "));
    }
}
