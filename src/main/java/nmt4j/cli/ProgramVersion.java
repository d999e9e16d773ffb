package nmt4j.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/// Which program this is.
public final class ProgramVersion {
    private ProgramVersion() {}

    /// Version, Java and machine, on one line.
    public static String text() {
        var properties = new Properties();
        try (var file = ProgramVersion.class.getResourceAsStream("/nmt4j/version.properties")) {
            properties.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "nmt4j " + properties.getProperty("version") + " (Java " + System.getProperty("java.version") + ", "
                + System.getProperty("os.name") + " " + System.getProperty("os.arch") + ")";
    }
}
