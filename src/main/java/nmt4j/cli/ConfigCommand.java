package nmt4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import nmt4j.config.Config;
import nmt4j.config.ConfigReference;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `nmt config`: a config with every default filled in, or the reference of all keys.
@Command(name = "config", mixinStandardHelpOptions = true,
        description = "Prints a config with every default filled in, or all its mistakes.")
public final class ConfigCommand implements Callable<Integer> {
    /// One of the two is asked for.
    static final class Question {
        @Parameters(paramLabel = "CONFIG", description = "a JSON file, such as configs/quickstart.json")
        private Path file;

        @Option(names = "--reference", description = "print all keys with default and meaning, as a Markdown table")
        private boolean reference;
    }

    @ArgGroup(multiplicity = "1")
    private Question question;

    @Option(names = "--set", paramLabel = "KEY=VALUE",
            description = "in place of what the file says, e.g. training.maxEpochs=3; may be repeated")
    private List<String> settings = List.of();

    private final Streams streams;

    public ConfigCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        streams.out()
                .write(question.reference ? ConfigReference.markdown() : Config.load(question.file, settings).toJson());
        return 0;
    }
}
