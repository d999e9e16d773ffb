package nmt4j;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// The one exception whose message is meant for the user: printed as a single line on stderr, with no stack trace, and
/// turned into an exit code by the command line. Anything else that escapes is a bug.
///
/// A message says what, got, expected, where: `configs/x.json: model.numHeads: 7 does not divide modelSize 512`.
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// Who has to act.
    public enum Kind {
        /// The user's mistake: a bad option, config, corpus or file.
        MISTAKE(2),
        /// A check did not pass, a run diverged, or lines failed.
        CHECK(3),
        /// The machine: disk, memory, permissions.
        MACHINE(4);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }

        public int exitCode() {
            return exitCode;
        }
    }

    private final Kind kind;

    private Failure(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /// The user's mistake, exit code 2.
    public static Failure mistake(String message) {
        return new Failure(Kind.MISTAKE, message, null);
    }

    /// A failed check, a diverged run or failed lines, exit code 3.
    public static Failure check(String message) {
        return new Failure(Kind.CHECK, message, null);
    }

    /// The machine's fault, exit code 4.
    public static Failure machine(String message, Throwable cause) {
        return new Failure(Kind.MACHINE, message, cause);
    }

    /// The same failure with a place before its message, such as a file.
    public Failure at(String place) {
        return new Failure(kind, place + ": " + getMessage(), this);
    }

    /// Why files could not be read or written, in the system's words, without the file's name.
    public static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "no such file or folder";
            case AccessDeniedException _ -> "permission denied";
            case FileAlreadyExistsException _ -> "there is a file of that name";
            case FileSystemException f when f.getReason() != null -> f.getReason();
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }

    public Kind kind() {
        return kind;
    }
}
