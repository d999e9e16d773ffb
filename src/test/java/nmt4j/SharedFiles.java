package nmt4j;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/// Reference corpora and golden outputs that live beside the project, not in it: tests that need them are skipped where they are absent.
public final class SharedFiles {
    private SharedFiles() {}

    /// The file or folder `name` in the folder that `NMT_SHARED` names (default `../shared`), or a skipped test.
    public static Path require(String name) {
        var folder = System.getProperty("NMT_SHARED", System.getenv().getOrDefault("NMT_SHARED", "../shared"));
        var path = Path.of(folder).resolve(name);
        assumeTrue(Files.exists(path), () -> "skipped: " + path + " is not there (set NMT_SHARED to its folder)");
        return path;
    }
}
