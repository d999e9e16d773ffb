package nmt4j.fuzz;

import java.util.List;
import java.util.OptionalLong;

/// A command that reads spoilt files or a spoilt stdin.
///
/// @param lines  how many it must write if it succeeds, if that is known
record Attempt(List<String> arguments, byte[] input, OptionalLong lines) {
    Attempt(List<String> arguments, byte[] input) {
        this(arguments, input, OptionalLong.empty());
    }

    /// One line out for each line in.
    static Attempt lineByLine(List<String> arguments, byte[] input) {
        long lines = 0;
        for (byte b : input) lines += b == '\n' ? 1 : 0;
        if (input.length > 0 && input[input.length - 1] != '\n') lines++;
        return new Attempt(arguments, input, OptionalLong.of(lines));
    }
}
