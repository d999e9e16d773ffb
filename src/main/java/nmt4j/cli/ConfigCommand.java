package nmt4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import nmt4j.Failure;
import nmt4j.config.Config;
import nmt4j.config.ConfigReference;
import nmt4j.data.TextCodecs;
import nmt4j.model.ModelFactory;
import nmt4j.training.MemoryPlan;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `nmt config`: a config with every default filled in, or the reference of all keys.
@Command(name = "config", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Prints a config with every default filled in, or all its mistakes.%n")
public final class ConfigCommand implements Callable<Integer> {
    /// One of the two is asked for.
    static final class Question {
        @Parameters(paramLabel = "CONFIG", description = "A JSON file, such as configs/quickstart.json.")
        private Path file;

        @Option(names = "--reference", description = "Print all keys with default and meaning, as a Markdown table.")
        private boolean reference;
    }

    @ArgGroup(multiplicity = "1")
    private Question question;

    @Option(names = "--set", paramLabel = "KEY=VALUE",
            description = "In place of what the file says, e.g. training.maxEpochs=3; may be repeated.")
    private List<String> settings = List.of();

    private final Streams streams;

    public ConfigCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        if (question.reference) {
            streams.out().write(ConfigReference.markdown());
            return 0;
        }
        var config = Config.load(question.file, settings);
        streams.out().write(config.toJson());
        streams.out().flush();
        saySize(config);
        return 0;
    }

    /// The model's size and what its training takes, on stderr: both depend on the vocabularies, which are learnt from the
    /// corpora.
    private void saySize(Config config) {
        try {
            var codecs = TextCodecs.of(config.data());
            int source = codecs.source().vocabulary().size();
            int target = codecs.target().vocabulary().size();
            VectorModule.load();
            streams.err().println(String.format(Locale.ROOT, "model: %,d parameters, vocabularies of %,d and %,d",
                    ModelFactory.declare(config.model(), source, target).parameters().count(), source, target));
            streams.err().println(MemoryPlan.of(config, source, target, MemoryPlan.largestBatches(config)));
        } catch (Failure e) {
            streams.err().println("size unknown: " + e.getMessage().lines().findFirst().orElseThrow());
        }
    }
}
