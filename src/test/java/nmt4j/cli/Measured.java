package nmt4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import nmt4j.Main;

/// `nmt` that says on stderr, as its last line, how much memory it took at most.
public final class Measured {
    static final String SAYS = "peak memory in MiB: ";

    private Measured() {}

    public static void main(String[] args) throws IOException {
        int code = Main.run(Streams.ofProcess(), args);
        System.err.println(SAYS + peakMebibytes());
        System.exit(code);
    }

    /// Resident memory of this process, at most so far; 0 where the system does not tell.
    public static long peakMebibytes() throws IOException {
        var status = Path.of("/proc/self/status");
        if (!Files.exists(status)) return 0;
        return Files.readAllLines(status).stream().filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10).findFirst().orElse(0);
    }
}
