package nmt4j.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `nmt check`: is it right what goes into training, corpus and model?
@Command(name = "check", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND",
        description = "Checks what goes into training: corpora, and models.")
public final class CheckCommand implements Runnable {
    private final Streams streams;

    @Spec
    private CommandSpec spec;

    /// Writes where `streams` says.
    public CheckCommand(Streams streams) {
        this.streams = streams;
    }

    /// What can be checked: a new command for each.
    public List<Object> subcommands() {
        return List.of(new CheckDataCommand(streams), new CheckModelCommand(streams));
    }

    /// `nmt check` without a command.
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which check?");
    }
}
