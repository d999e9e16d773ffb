package nmt4j.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The option `--threads`, for `@Mixin` in commands that compute. Results do not depend on it.
public final class Threads {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    private int count = Runtime.getRuntime().availableProcessors(); // respects a container's quota

    @Option(names = "--threads", paramLabel = "N",
            description = "Threads to compute with (default: the cores this process may use).")
    void set(int threads) {
        if (threads < 1)
            throw new ParameterException(command.commandLine(), "--threads: at least 1, got " + threads);
        count = threads;
    }

    public int count() {
        return count;
    }
}
