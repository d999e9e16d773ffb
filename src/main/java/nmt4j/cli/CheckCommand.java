package nmt4j.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `nmt check`: is it right what goes into training, corpus and model?
@Command(name = "check", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND",
        description = "Checks what goes into training: corpora, and models.")
public final class CheckCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    /// The command with its subcommands.
    public static CommandLine of(Streams streams) {
        return new CommandLine(new CheckCommand()).addSubcommand(new CheckDataCommand(streams))
                .addSubcommand(new CheckModelCommand(streams));
    }

    /// `nmt check` without a command.
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which check?");
    }
}
