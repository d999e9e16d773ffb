package nmt4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import nmt4j.Failure;
import nmt4j.report.RunReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `nmt report`: the whole story of a run in one file.
@Command(name = "report", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Writes one self-contained HTML page of a run, or of several side by side:",
                "verdict, curves, samples over time, attention, scores by kind of sentence, data, config, origin.%n"},
        footer = {"", "Training writes the page of its run at its end."})
public final class ReportCommand implements Callable<Integer> {
    private static final int POLL_SECONDS = 5;

    private final Streams streams;

    @Parameters(arity = "1..*", paramLabel = "RUN", description = "Run folders; the first is the baseline.")
    private List<Path> folders;

    @Option(names = "--output", paramLabel = "FILE",
            description = "Where to write (default: report.html in the run's folder; of several runs, in this one).")
    private Optional<Path> output = Optional.empty();

    @Option(names = "--follow", description = "Write it anew whenever there is more, until all runs have ended.")
    private boolean follow;

    @Option(names = "--translate",
            description = "Translate the validation set where training has not kept its translations.")
    private boolean translate;

    @Mixin
    private Threads threads;

    public ReportCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        var file = output.orElse(folders.size() == 1 ? folders.getFirst().resolve(RunReport.NAME)
                : Path.of(RunReport.NAME));
        var page = new RunReport(translate, threads.count());
        if (follow) follow(page, file);
        page.write(folders, file, OptionalInt.empty());
        streams.println(file.toString());
        streams.out().flush();
        return 0;
    }

    /// The page reloads itself until the runs have ended.
    private void follow(RunReport page, Path file) throws IOException {
        long written = -1;
        while (!folders.stream().allMatch(folder -> RunReader.read(folder).hasEnded())) {
            long size = 0;
            for (var folder : folders) size += Files.size(folder.resolve("metrics.jsonl"));
            if (size != written) page.write(folders, file, OptionalInt.of(POLL_SECONDS));
            if (written < 0) streams.err().println("nmt: following, open " + file);
            written = size;
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_SECONDS * 1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.machine("interrupted", e);
        }
    }
}
