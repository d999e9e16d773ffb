package nmt4j.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import nmt4j.Failure;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// What the user sees when a command ends early: a line on stderr for each mistake, and an exit code.
public final class Exit {
    private static final int BUG = 1;
    private static final int MISTAKE = Failure.Kind.MISTAKE.exitCode();
    private static final int MACHINE = Failure.Kind.MACHINE.exitCode();
    private static final int LONGEST = 1000; // characters of a message
    private static final int READER_GONE = 128 + 13; // as the signal SIGPIPE would end the process

    private Exit() {}

    /// Prints the line, or for a bug its stack trace, and returns the exit code.
    public static int codeOf(Throwable thrown, PrintStream err) {
        return switch (thrown) {
            case Failure e -> say(err, e.getMessage(), e.kind().exitCode());
            case ParameterException e when e.getCause() instanceof Failure cause -> codeOf(cause, err);
            case ParameterException e -> say(err, mistake(e), MISTAKE);
            case UncheckedIOException e -> codeOf(e.getCause(), err);
            case NoSuchFileException e -> say(err, e.getFile() + ": no such file", MISTAKE);
            case FileNotFoundException e -> say(err, e.getMessage(), MISTAKE);
            case FileSystemException e -> say(err, e.getFile() + ": " + Failure.reason(e), MACHINE);
            case IOException e when readerGone(e) -> READER_GONE;
            case IOException e -> say(err, Failure.reason(e), MACHINE);
            case OutOfMemoryError e -> say(err, "out of memory: " + e.getMessage(), MACHINE);
            case LinkageError e when isOfNatives(e) -> say(err, "ND4J's native libraries cannot be loaded ("
                    + deepest(e) + "); they are unpacked into " + System.getProperty("org.bytedeco.javacpp.cachedir",
                            "~/.javacpp"),
                    MACHINE);
            default -> bug(thrown, err);
        };
    }

    private static int say(PrintStream err, String message, int code) {
        for (var line : message.split("\n")) err.println("nmt: " + printable(shortened(line)));
        return code;
    }

    /// Without what could end the line, or command a terminal: names and texts in it may come from anywhere.
    static String printable(String line) {
        var printable = new StringBuilder();
        line.chars().forEach(c -> printable
                .append(Character.isISOControl(c) ? String.format(Locale.ROOT, "\\u%04x", c) : (char) c));
        return printable.toString();
    }

    /// A message's beginning says where, its end what was expected.
    private static String shortened(String line) {
        return line.length() <= LONGEST ? line
                : line.substring(0, LONGEST / 2) + " … " + line.substring(line.length() - LONGEST / 2);
    }

    /// Unpacking them needs 450 MB of disk, once.
    private static boolean isOfNatives(Throwable e) {
        var text = String.valueOf(e.getMessage());
        return text.contains("nd4j") || text.contains("bytedeco") || text.contains("java.library.path")
                || e.getCause() != null && e.getCause() != e && isOfNatives(e.getCause());
    }

    private static String deepest(Throwable thrown) {
        var cause = thrown;
        while (cause.getCause() != null && cause.getCause() != cause) cause = cause.getCause();
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }

    private static int bug(Throwable thrown, PrintStream err) {
        thrown.printStackTrace(err);
        return say(err, "this is a bug in nmt4j: please report it, with the lines above and \"nmt --version\"", BUG);
    }

    private static boolean readerGone(IOException e) {
        var message = String.valueOf(e.getMessage());
        return message.contains("Broken pipe") || message.contains("pipe is being closed"); // the latter on Windows
    }

    private static String mistake(ParameterException e) {
        var command = e.getCommandLine();
        var name = command.getCommandSpec().qualifiedName();
        var what = e.getMessage().lines().findFirst().orElse("wrong arguments").replaceFirst("^Error: ", "");
        if (e instanceof UnmatchedArgumentException unmatched) {
            var first = unmatched.getUnmatched().getFirst();
            var kind = first.startsWith("-") ? "option" : command.getSubcommands().isEmpty() ? "argument" : "command";
            what = "unknown " + kind + " " + first;
            if (!unmatched.getSuggestions().isEmpty())
                what += "; did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?";
        }
        var where = name.equals("nmt") ? "" : name.substring("nmt ".length()) + ": ";
        return where + what + " (see \"" + name + " --help\")";
    }
}
