package nmt4j.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class KernelBitsTest {
    /// What the child prints, besides the warnings of its JVM.
    private static final Pattern HASH = Pattern.compile("(.+) (-?\\d+)");
    private static final int ROUNDS_UNTIL_COMPILED = 300;

    @Test
    void everyKernelGivesTheSameBitsInterpretedAndCompiled() throws IOException, InterruptedException {
        var interpreted = interpreted();
        Map<String, Long> compiled = Map.of();
        for (int i = 0; i < ROUNDS_UNTIL_COMPILED; i++) {
            compiled = KernelBits.all();
            assertEquals(interpreted, compiled, "round " + i);
        }
    }

    private static Map<String, Long> interpreted() throws IOException, InterruptedException {
        var command =
                new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xint",
                        "--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow", "-Dnmt.warmUp=0"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), KernelBits.class.getName()));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, process.waitFor(), said);
        var hashes = new LinkedHashMap<String, Long>();
        said.lines().map(HASH::matcher).filter(Matcher::matches)
                .forEach(hash -> hashes.put(hash.group(1), Long.parseLong(hash.group(2))));
        return hashes;
    }
}
