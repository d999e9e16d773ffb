package nmt4j.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import nmt4j.Failure;
import nmt4j.config.Config;
import nmt4j.diagnostics.sanity.Finding;
import nmt4j.diagnostics.sanity.SanityLadder;
import nmt4j.diagnostics.sanity.Subject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `nmt check model`: the sanity ladder.
@Command(name = "model", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Checks that the model of a config is sound, on random sentences: no corpus is needed.%n",
                "Of each check the figure that was measured, its limit, and the worst place. Exit code 3 if one fails.%n"})
public final class CheckModelCommand implements Callable<Integer> {
    /// So that each of the few sentences has words of its own.
    private static final int SMALLEST = 100;

    private static final String LINE = "%-58s  %12s  %15s  %-6s  %s";

    private final Streams streams;

    @Parameters(paramLabel = "CONFIG", description = "A JSON file, such as configs/quickstart.json.")
    private Path file;

    @Option(names = "--set", paramLabel = "KEY=VALUE",
            description = "In place of what the file says; may be repeated.")
    private List<String> settings = List.of();

    @Option(names = "--vocabulary", paramLabel = "N", defaultValue = "1009",
            description = "Words of each side (default: ${DEFAULT-VALUE}).")
    private int vocabulary;

    @Mixin
    private Threads threads;

    public CheckModelCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        BeamOptions.require(vocabulary >= SMALLEST, "--vocabulary", vocabulary, "at least " + SMALLEST);
        var config = Config.load(file, settings);
        VectorModule.load();
        streams.println(line("check", "figure", "limit", "", "where"));
        var failed = new ArrayList<String>();
        SanityLadder.climb(Subject.of(config, vocabulary), threads.count(), finding -> {
            print(finding);
            if (!finding.passed()) failed.add(finding.check());
        });
        if (!failed.isEmpty()) throw Failure.check(file + ": failed: " + String.join("; ", failed));
        return 0;
    }

    private static String line(Object... cells) {
        return String.format(Locale.ROOT, LINE, cells).stripTrailing();
    }

    /// At once: with large models a check takes some seconds.
    private void print(Finding f) {
        try {
            streams.println(line(f.check(), f.figure(), f.limit(), f.passed() ? "passed" : "FAILED", f.where()));
            streams.out().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
