package nmt4j.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KernelBitsTest {
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
        var process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        var hashes = new LinkedHashMap<String, Long>();
        try (var lines = process.inputReader()) {
            lines.lines().forEach(line -> {
                int space = line.lastIndexOf(' ');
                hashes.put(line.substring(0, space), Long.parseLong(line.substring(space + 1)));
            });
        }
        assertEquals(0, process.waitFor());
        return hashes;
    }
}
