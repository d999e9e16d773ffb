package nmt4j;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import nmt4j.cli.AlignCommand;
import nmt4j.cli.AttentionCommand;
import nmt4j.cli.AverageCommand;
import nmt4j.cli.BenchCommand;
import nmt4j.cli.CheckCommand;
import nmt4j.cli.CompareCommand;
import nmt4j.cli.ConfigCommand;
import nmt4j.cli.EvalCommand;
import nmt4j.cli.Exit;
import nmt4j.cli.GradientsCommand;
import nmt4j.cli.NeighboursCommand;
import nmt4j.cli.ProgramVersion;
import nmt4j.cli.QuantizeCommand;
import nmt4j.cli.ReportCommand;
import nmt4j.cli.ScoreCommand;
import nmt4j.cli.ServeCommand;
import nmt4j.cli.ShortlistCommand;
import nmt4j.cli.Streams;
import nmt4j.cli.TokenizeCommand;
import nmt4j.cli.TraceCommand;
import nmt4j.cli.TrainCommand;
import nmt4j.cli.TranslateCommand;
import nmt4j.cli.VocabCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The root command `nmt`. It turns whatever ends a command into one line on stderr and an exit code, and loads nothing
/// of ND4J: that is for the commands that compute, once they run.
@Command(name = "nmt", mixinStandardHelpOptions = true, versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Neural machine translation: trains models, translates with them, and scores translations.%n",
        commandListHeading = "%nCommands:%n",
        footer = {"", "Results go to stdout, all else to stderr. Exit codes: 0 done; 1 a bug; 2 a mistake in options,",
                "config or files; 3 a check failed, a run diverged or lines failed; 4 disk, memory or permissions;",
                "130, 141, 143 signals.",
                "", "\"nmt COMMAND --help\" tells more."})
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    private Main() {}

    /// The subcommands, in the order of `nmt --help`.
    static final List<String> COMMANDS =
            List.of("train", "translate", "serve", "bench", "average", "quantize", "score", "align", "eval", "compare",
                    "tokenize", "vocab", "shortlist", "config", "check", "report", "attention", "trace",
                    "gradients", "neighbours");

    private static Object command(String name, Streams streams) {
        return switch (name) {
            case "train" -> new TrainCommand(streams);
            case "translate" -> new TranslateCommand(streams);
            case "serve" -> new ServeCommand(streams);
            case "bench" -> new BenchCommand(streams);
            case "average" -> new AverageCommand(streams);
            case "quantize" -> new QuantizeCommand(streams);
            case "score" -> new ScoreCommand(streams);
            case "align" -> new AlignCommand(streams);
            case "eval" -> new EvalCommand(streams);
            case "compare" -> new CompareCommand(streams);
            case "tokenize" -> new TokenizeCommand(streams);
            case "vocab" -> new VocabCommand(streams);
            case "shortlist" -> new ShortlistCommand(streams);
            case "config" -> new ConfigCommand(streams);
            case "check" -> new CheckCommand(streams);
            case "report" -> new ReportCommand(streams);
            case "attention" -> new AttentionCommand(streams);
            case "trace" -> new TraceCommand(streams);
            case "gradients" -> new GradientsCommand(streams);
            case "neighbours" -> new NeighboursCommand(streams);
            default -> throw new IllegalArgumentException(name);
        };
    }

    public static void main(String[] args) throws IOException {
        if (Boolean.getBoolean("nmt.rehearsal")) Rehearsal.run();
        else System.exit(run(Streams.ofProcess(), args));
    }

    /// Runs one command as the shell would, and returns its exit code.
    public static int run(Streams streams, String... args) {
        return run(commandLine(streams, args), streams, args);
    }

    static int run(CommandLine nmt, Streams streams, String... args) {
        var help = new StringWriter();
        nmt.setOut(new PrintWriter(help));
        int code = execute(nmt, streams, args);
        try {
            streams.out().write(help.toString());
            streams.out().flush();
        } catch (IOException e) {
            return code == 0 ? Exit.codeOf(e, streams.err()) : code;
        }
        return code;
    }

    /// With the one command that is asked for, whole, or else with all of them as `nmt --help` lists them: to set up a
    /// command's options takes 10 ms, its line in the list none.
    static CommandLine commandLine(Streams streams, String... args) {
        var nmt = new CommandLine(new Main());
        if (args.length > 0 && COMMANDS.contains(args[0])) {
            nmt.addSubcommand(whole(command(args[0], streams)));
            nmt.getSubcommands().values().forEach(Main::removeVersion);
        } else {
            for (var name : COMMANDS) nmt.addSubcommand(name, listed(command(name, streams)));
        }
        return nmt;
    }

    private static CommandLine whole(Object command) {
        var line = new CommandLine(command);
        if (command instanceof CheckCommand check) check.subcommands().forEach(line::addSubcommand);
        return line;
    }

    private static CommandSpec listed(Object command) {
        var spec = CommandSpec.create();
        spec.usageMessage().description(command.getClass().getAnnotation(Command.class).description());
        return spec;
    }

    /// Only `nmt` itself has a version to tell.
    private static void removeVersion(CommandLine command) {
        var spec = command.getCommandSpec();
        if (spec.findOption("--version") != null) spec.remove(spec.findOption("--version"));
        command.getSubcommands().values().forEach(Main::removeVersion);
    }

    /// The settings are made here, and not where `nmt` is made, because they reach only the subcommands it has by then.
    private static int execute(CommandLine nmt, Streams streams, String... args) {
        nmt.setUsageHelpWidth(100)
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setAbbreviatedOptionsAllowed(false)
                .setParameterExceptionHandler((e, _) -> Exit.codeOf(e, streams.err()))
                .setExecutionExceptionHandler((e, _, _) -> Exit.codeOf(e, streams.err()));
        try {
            return nmt.execute(args);
        } catch (Throwable t) { // an Error, which picocli lets pass
            return Exit.codeOf(t, streams.err());
        }
    }

    /// `nmt` without a command.
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command?");
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {ProgramVersion.text()};
        }
    }
}
