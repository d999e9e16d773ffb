package nmt4j.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What this process takes of the machine's memory.
final class Memory {
    private static final Path STATUS = Path.of("/proc/self/status");

    private Memory() {}

    /// Resident set in MiB; where the system does not say, the Java heap.
    static long mebibytes() {
        try {
            for (var line : Files.readAllLines(STATUS))
                if (line.startsWith("VmRSS:")) return Long.parseLong(line.replaceAll("\\D", "")) >> 10;
        } catch (IOException | NumberFormatException _) {
            // not Linux
        }
        return Runtime.getRuntime().totalMemory() >> 20;
    }
}
