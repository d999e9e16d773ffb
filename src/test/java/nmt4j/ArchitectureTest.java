package nmt4j;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Who may know whom, room by room. `Main`, in no room, may know everyone, and everyone may know `Failure`.
class ArchitectureTest {
    private static final Path SOURCES = Path.of("src/main/java");

    private static final Map<String, Set<String>> MAY_KNOW = Map.ofEntries(
            entry("kernel", Set.of()),
            entry("text", Set.of()),
            entry("config", Set.of()),
            entry("evaluation", Set.of("text")),
            entry("tensor", Set.of("kernel")),
            entry("nn", Set.of("tensor")),
            entry("optim", Set.of("tensor", "kernel", "config")),
            entry("data", Set.of("text", "config")),
            entry("model", Set.of("nn", "tensor", "data", "text", "config")),
            entry("training", Set.of("model", "optim", "tensor", "kernel", "data", "config")),
            entry("lexicon", Set.of("text")),
            entry("decoding", Set.of("model", "tensor", "kernel", "data", "text", "lexicon", "evaluation", "config")),
            entry("report", Set.of("evaluation", "text")),
            entry("service", Set.of("decoding", "report", "text", "config")),
            entry("diagnostics",
                    Set.of("config", "text", "data", "kernel", "tensor", "nn", "model", "optim", "training",
                            "decoding", "evaluation", "lexicon", "report")),
            entry("cli", Set.of("config", "text", "data", "kernel", "tensor", "nn", "model", "optim", "training",
                    "decoding", "evaluation", "lexicon", "report", "diagnostics", "service")));

    /// Packages of others, and the rooms that may use them.
    private static final Map<String, Set<String>> LIBRARIES = Map.of(
            "org.nd4j", Set.of("kernel"),
            "org.bytedeco", Set.of("kernel"),
            "jdk.incubator", Set.of("kernel"),
            "picocli", Set.of("cli"),
            "com.fasterxml.jackson",
            Set.of("config", "text", "model", "training", "decoding", "evaluation", "report", "service", "cli"),
            "java.util.concurrent.Executor", Set.of("kernel", "data", "decoding", "service", "cli"));

    private static final Pattern NOT_CODE =
            Pattern.compile("//[^\n]*|/\\*.*?\\*/|\"\"\".*?\"\"\"|\"(\\\\.|[^\"\\\\\n])*\"",
                    Pattern.DOTALL);

    /// Calls that count, name digits or fold letters as the country does in which the program runs.
    private static final Pattern OF_THE_LOCALE = Pattern.compile("\\.formatted\\("
            + "|(?:\\bString\\.format|\\.printf)\\((?!\\s*+Locale\\.ROOT)"
            + "|\\.to(?:Lower|Upper)Case\\(\\)|\\.getBytes\\(\\)");
    private static final Pattern OURS = Pattern.compile("\\bnmt4j\\.(\\w+)(\\.\\w+)?");

    /// Values of `kernel` that the signatures of `tensor` name, and the kinds of them: who knows `tensor` may name them too.
    private static final Set<String> PART_OF_TENSOR =
            Set.of("kernel.Activation", "kernel.Gates", "kernel.Matrix", "kernel.PackedMatrix", "kernel.Int8Matrix",
                    "kernel.Unpacked", "kernel.Quantized", "kernel.Rounded", "kernel.TopTokens");

    @Test
    void everyRoomKnowsOnlyTheRoomsBelowIt() throws IOException {
        var wrong = new ArrayList<String>();
        for (var file : sources())
            wrong.addAll(
                    violations(SOURCES.relativize(file).toString().replace('\\', '/'), Files.readString(file, UTF_8)));
        assertEquals(List.of(), wrong);
    }

    @Test
    void aPlantedImportIsFound() {
        assertEquals(List.of("nmt4j/tensor/X.java knows nn"),
                violations("nmt4j/tensor/X.java", "package nmt4j.tensor;\nimport nmt4j.nn.Linear;\n"));
        assertEquals(List.of("nmt4j/nn/X.java knows kernel"),
                violations("nmt4j/nn/X.java", "package nmt4j.nn;\nclass X { nmt4j.kernel.Gemm gemm; }"));
        assertEquals(List.of("nmt4j/data/X.java uses org.nd4j"),
                violations("nmt4j/data/X.java",
                        "package nmt4j.data;\nimport static org.nd4j.linalg.factory.Nd4j.*;\n"));
        assertEquals(List.of("nmt4j/util/X.java: no such room"),
                violations("nmt4j/util/X.java", "package nmt4j.util;"));
    }

    @Test
    void failuresCommentsAndStringsAreFree() {
        assertEquals(List.of(), violations("nmt4j/kernel/X.java", """
                package nmt4j.kernel;
                import nmt4j.Failure;
                /// As in nmt4j.nn.Linear, with "quotes.
                class X { String name = "nmt4j.nn"; /* picocli.CommandLine */ }
                """));
        assertEquals(List.of(), violations("nmt4j/Main.java", "package nmt4j;\nimport nmt4j.cli.Streams;\n"));
    }

    @Test
    void noTextDependsOnTheLocale() throws IOException {
        var found = new ArrayList<String>();
        for (var file : sources())
            for (var call : callsOfTheLocale(Files.readString(file, UTF_8))) found.add(file + ": " + call);
        assertEquals(List.of(), found);
    }

    @Test
    void aPlantedCallThatDependsOnTheLocaleIsFound() {
        assertEquals(List.of(".formatted(", "String.format(", ".printf(", ".toLowerCase()"), callsOfTheLocale("""
                a("%,d".formatted(1)); b(String.format("%d", 1)); out.printf("%d", 1); c.toLowerCase();
                a(String.format(Locale.ROOT, "%d", 1)); b(String.format(
                        Locale.ROOT, "%d", 1)); out.printf(Locale.ROOT, "%d", 1); c.toLowerCase(Locale.ROOT);
                """));
    }

    private static List<String> callsOfTheLocale(String source) {
        return OF_THE_LOCALE.matcher(NOT_CODE.matcher(source).replaceAll("\"\"")).results()
                .map(MatchResult::group).toList();
    }

    @Test
    void theTableHasNoCircle() {
        for (var room : MAY_KNOW.keySet())
            assertFalse(reachable(room, new TreeSet<>()).contains(room), room);
    }

    private static List<String> violations(String file, String source) {
        var parts = file.split("/");
        var room = parts.length == 2 ? "" : parts[1];
        if (!room.isEmpty() && !MAY_KNOW.containsKey(room))
            return List.of(file + ": no such room");
        var code = NOT_CODE.matcher(source).replaceAll("");
        var found = new ArrayList<String>();
        if (!room.isEmpty())
            found.addAll(strangers(file, room, code));
        LIBRARIES.forEach((library, rooms) -> {
            boolean allowed = rooms.contains(room) || (library.equals("picocli") && room.isEmpty());
            if (!allowed && Pattern.compile("\\b" + Pattern.quote(library)).matcher(code).find())
                found.add(file + " uses " + library);
        });
        return found;
    }

    private static List<String> strangers(String file, String room, String code) {
        boolean tensors = MAY_KNOW.get(room).contains("tensor");
        var known = new TreeSet<String>();
        OURS.matcher(code).results()
                .filter(match -> !(tensors && PART_OF_TENSOR.contains(match.group().substring("nmt4j.".length()))))
                .forEach(match -> known.add(match.group(1)));
        known.removeAll(MAY_KNOW.get(room));
        known.removeAll(Set.of(room, "Failure"));
        return known.stream().map(stranger -> file + " knows " + stranger).toList();
    }

    private static Set<String> reachable(String room, Set<String> found) {
        for (var next : MAY_KNOW.get(room))
            if (found.add(next))
                reachable(next, found);
        return found;
    }

    private static List<Path> sources() throws IOException {
        try (var all = Files.walk(SOURCES)) {
            return all.filter(path -> path.toString().endsWith(".java")).sorted().toList();
        }
    }
}
