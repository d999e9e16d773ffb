package nmt4j.cli;

import static nmt4j.cli.BeamOptions.require;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import nmt4j.config.DecodingConfig;
import nmt4j.decoding.Translator;
import nmt4j.service.Limits;
import nmt4j.service.Options;
import nmt4j.service.Server;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `nmt serve`: a model behind HTTP.
@Command(name = "serve", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Translates over HTTP: POST /translate, GET /health, GET /metrics, and a page at /.%n",
        footer = {"",
                "POST /translate takes {\"text\": \"...\"} or {\"text\": [\"...\", ...]}, and \"beam\" and \"nBest\".",
                "SIGTERM and Ctrl-C: what is being translated is answered first."})
public final class ServeCommand implements Callable<Integer> {
    private final Streams streams;

    @Parameters(paramLabel = "MODEL", description = "A model file, or the folder of a run (then its best model).")
    private Path model;

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
            require(limit >= 1, "--max-body, --max-lines, --queue, --timeout", limit, "at least 1");
        System.setProperty("sun.net.httpserver.maxReqTime", Integer.toString(seconds));
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try (var signals = Signals.handled(); var loaded = Natives.loadWith(model)) {
            signals.askToStop();
            try (var server = new Server(new InetSocketAddress(host, port), new Limits(body, lines, queue, seconds),
                    options -> Translator.of(loaded,
                            search.search(settings(loaded.config().decoding(), options), loaded.target(),
                                    options.nBest()),
                            threads.count(), Translator.Options.BATCH_TOKENS))) {
                streams.err().println("nmt: http://" + host + ":" + server.port() + "/ translates with " + model);
                while (!signals.stopped()) Thread.sleep(50);
            }
            return signals.exitCode();
        }
    }

    private static DecodingConfig settings(DecodingConfig config, Options options) {
        return new DecodingConfig(options.beam().orElse(config.beamSize()), config.lengthPenalty(),
                config.maxLength());
    }
}
