package nmt4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import nmt4j.Failure;

/// Why there is no bfloat16.
final class Bfloat16 {
    private static final Path PROCESSOR = Path.of("/proc/cpuinfo"); // of Linux
    private static final Pattern FLAGS = Pattern.compile("(?m)^(flags|Features)\\b.*\\b(avx512_bf16|amx_bf16|bf16)\\b");

    private Bfloat16() {}

    /// @param what      was set to it
    /// @param expected  what it can be
    static Failure refused(String what, String expected) {
        var reason =
                processorHasIt() ? "not available yet" : "for processors with avx512_bf16 or amx_bf16; this one has"
                        + " neither";
        return Failure.mistake(what + ": bfloat16 is " + reason + "; expected " + expected);
    }

    private static boolean processorHasIt() {
        try {
            return FLAGS.matcher(Files.readString(PROCESSOR)).find();
        } catch (IOException _) {
            return false;
        }
    }
}
