package nmt4j.cli;

import static nmt4j.cli.BeamOptions.require;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import nmt4j.Failure;
import nmt4j.model.ModelAverage;
import nmt4j.training.KeptCheckpoints;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `nmt average`: one model from the weights of several.
@Command(name = "average", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Averages the weights of models, or of checkpoints of a run.%n",
                "Models are of one architecture and vocabulary; a run has as many checkpoints as training.keepLast and"
                        + " training.keepBest have kept.%n"})
public final class AverageCommand implements Callable<Integer> {
    private final Streams streams;

    @Parameters(paramLabel = "MODEL", arity = "1..*", description = "Model files, or the folder of one run.")
    private List<Path> models;

    @Option(names = "--output", required = true, paramLabel = "FILE", description = "The model to write.")
    private Path output;

    @Option(names = "--last", paramLabel = "N", description = "The N latest checkpoints of the run.")
    private Optional<Integer> last = Optional.empty();

    @Option(names = "--best", paramLabel = "N",
            description = "The N best checkpoints of the run, by what it was validated by.")
    private Optional<Integer> best = Optional.empty();

    public AverageCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        require(last.orElse(1) >= 1, "--last", last.orElse(1), "at least 1");
        require(best.orElse(1) >= 1, "--best", best.orElse(1), "at least 1");
        var chosen = last.isPresent() || best.isPresent() ? ofRun() : models;
        VectorModule.load();
        ModelAverage.write(chosen, output);
        streams.err().printf(Locale.ROOT, "nmt: %s: the mean of %,d models%n", output, chosen.size());
        for (var model : chosen) streams.err().println("nmt:   " + model);
        return 0;
    }

    private List<Path> ofRun() {
        if (last.isPresent() && best.isPresent()) throw Failure.mistake("--last and --best: expected one of them");
        if (models.size() != 1 || !Files.isDirectory(models.getFirst()))
            throw Failure.mistake("--last and --best: expected the folder of one run");
        var run = models.getFirst();
        var chosen = last.isPresent() ? KeptCheckpoints.last(run, last.get())
                : KeptCheckpoints.best(run, best.orElseThrow());
        int wanted = last.or(() -> best).orElseThrow();
        if (chosen.size() < wanted)
            throw Failure.mistake(run + ": " + chosen.size() + " checkpoints are kept, expected "
                    + wanted + " (see training." + (last.isPresent() ? "keepLast" : "keepBest") + ")");
        return chosen;
    }
}
