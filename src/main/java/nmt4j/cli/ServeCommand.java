package nmt4j.cli;

import static nmt4j.cli.BeamOptions.require;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import nmt4j.Failure;
import nmt4j.cli.SearchOptions.Wanted;
import nmt4j.decoding.Alignments;
import nmt4j.decoding.Linking;
import nmt4j.decoding.SubwordAttention.Moment;
import nmt4j.decoding.Translator;
import nmt4j.service.Limits;
import nmt4j.service.Options;
import nmt4j.service.Server;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `nmt serve`: a model behind HTTP.
@Command(name = "serve", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Translates over HTTP: POST /translate, GET /health, GET /metrics, and a page at /.%n",
        footer = {"",
                "POST /translate takes {\"text\": \"...\"} or {\"text\": [\"...\", ...]}; \"nBest\" and search options",
                "stand beside it in camel case: \"beam\", \"lengthPenalty\", \"sample\", \"topK\", ...;",
                "\"attention\": \"weights\" or \"svg\" tells where the model looked.",
                "SIGTERM and Ctrl-C: what is being translated is answered first."})
public final class ServeCommand implements Callable<Integer> {
    private static final Alignments SOFT =
            new Alignments(Optional.of(new Linking.Soft()), Moment.PREDICTING, Alignments.Unknown.KEPT);

    private static final int MOST = 1_000_000_000;

    private final Streams streams;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelOptions models;

    @Option(names = "--port", paramLabel = "P", defaultValue = "8080",
            description = "Default: ${DEFAULT-VALUE}; 0: any.")
    private int port;

    @Option(names = "--host", paramLabel = "HOST", defaultValue = "localhost",
            description = "Who may connect: localhost is this machine alone, 0.0.0.0 all (default: ${DEFAULT-VALUE}).")
    private String host;

    @Option(names = "--max-body", paramLabel = "BYTES", defaultValue = "1048576",
            description = "Of a request (default: ${DEFAULT-VALUE}).")
    private int body;

    @Option(names = "--max-lines", paramLabel = "N", defaultValue = "1000",
            description = "Texts of a request (default: ${DEFAULT-VALUE}).")
    private int lines;

    @Option(names = "--queue", paramLabel = "N", defaultValue = "4096",
            description = "Texts that wait; then requests are refused with 503 (default: ${DEFAULT-VALUE}).")
    private int queue;

    @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "60",
            description = "For reading a request, and for translating it (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Mixin
    private SearchOptions search;

    @Mixin
    private Threads threads;

    public ServeCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws InterruptedException {
        require(port >= 0 && port < 1 << 16, "--port", port, "0 to 65535");
        for (int limit : new int[] {body, lines, queue, seconds})
            require(limit >= 1 && limit <= MOST, "--max-body, --max-lines, --queue, --timeout", limit,
                    "1 to 1,000,000,000");
        search.requireUsed();
        search.requireSeedUsed();
        try (var signals = Signals.handled(); var loaded = models.load(); var translator = translator(loaded)) {
            signals.askToStop();
            try (var server = new Server(new InetSocketAddress(host, port), new Limits(body, lines, queue, seconds),
                    options -> translator(translator, loaded, options))) {
                streams.err()
                        .println("nmt: http://" + host + ":" + server.port() + "/ translates with " + models.names());
                while (!signals.stopped()) Thread.sleep(50);
            }
            return signals.exitCode();
        }
    }

    private Translator translator(EnsembleOptions.Loaded loaded) {
        var found = search.search(loaded, 1, Wanted.SCORES, Alignments.NONE);
        return Translator.of(loaded.ensemble(), found, threads.count(), Translator.Options.BATCH_TOKENS);
    }

    private Translator translator(Translator translator, EnsembleOptions.Loaded loaded, Options options) {
        var alignments = options.attention() == Options.Attention.NONE ? Alignments.NONE : SOFT;
        return translator.searching(
                requested(options).search.search(loaded, options.nBest(), Wanted.SCORES, alignments), alignments);
    }

    /// The search options that the server was started with, and over them those of a request.
    private Requested requested(Options options) {
        var requested = new Requested();
        var parser = new CommandLine(requested).setOverwrittenOptionsAllowed(true)
                .setCaseInsensitiveEnumValuesAllowed(true);
        var arguments = new ArrayList<String>();
        for (var option : spec.commandLine().getParseResult().matchedOptions())
            if (parser.getCommandSpec().findOption(option.longestName()) != null)
                option.stringValues().forEach(value -> arguments.add(option.longestName() + "=" + value));
        options.search().forEach((key, value) -> arguments.add(optionName(key) + "=" + value));
        try {
            parser.parseArgs(arguments.toArray(String[]::new));
            return requested;
        } catch (ParameterException e) {
            throw Failure.mistake(e.getMessage());
        }
    }

    /// `topK` is `--top-k`.
    private static String optionName(String key) {
        return "--" + key.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /// For the parser.
    @Command
    private static final class Requested {
        @Mixin
        private SearchOptions search;
    }
}
