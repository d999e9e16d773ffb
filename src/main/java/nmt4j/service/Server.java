package nmt4j.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import nmt4j.Failure;
import nmt4j.decoding.Translation;
import nmt4j.decoding.Translator;

/// Translates over HTTP: `POST /translate`, `GET /health`, `GET /metrics`, and a page for people at `/`.
///
/// Each request has a (virtual) thread; the lines of all of them are translated together.
public final class Server implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final String JSON = "application/json; charset=utf-8";

    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Limits limits;
    private final Desk desk;
    private final Metrics metrics = new Metrics();

    /// Starts to listen.
    ///
    /// @param address      port 0: any free one
    /// @param translators  makes a translator for what a request asks, which lives as long as the server
    public Server(InetSocketAddress address, Limits limits, Function<Options, Translator> translators) {
        this.limits = limits;
        configure(limits);
        try {
            http = HttpServer.create(address, BACKLOG);
        } catch (IOException e) {
            throw Failure.machine(address + ": cannot listen there: " + Failure.reason(e), e);
        }
        desk = new Desk(translators, limits.queue());
        http.createContext("/", this::page);
        http.createContext("/translate", this::translate);
        http.createContext("/health", exchange -> plain(exchange, "/health", JSON, "{\"status\": \"ok\"}\n"));
        http.createContext("/metrics", exchange -> plain(exchange, "/metrics",
                "text/plain; version=0.0.4; charset=utf-8", metrics.text(desk.waiting())));
        http.setExecutor(threads);
        http.start();
    }

    /// What the JDK's server reads once, when the first server of a process is made. It would keep 200 connections at most
    /// between requests, and close others under the hands of their clients.
    private static void configure(Limits limits) {
        System.setProperty("sun.net.httpserver.maxReqTime", Integer.toString(limits.seconds()));
        System.setProperty("sun.net.httpserver.maxIdleConnections", "10000");
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /// The port that it listens at.
    public int port() {
        return http.getAddress().getPort();
    }

    /// It asks nobody but this server for anything.
    private void page(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Security-Policy", "default-src 'none'; connect-src 'self'; "
                + "style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:");
        try (var page = Server.class.getResourceAsStream("page.html")) {
            plain(exchange, "/", "text/html; charset=utf-8", new String(page.readAllBytes(), UTF_8));
        }
    }

    /// A page that is there for GET, at its own path alone.
    private static void plain(HttpExchange exchange, String path, String type, String content) throws IOException {
        try {
            require(exchange, path, "GET");
            send(exchange, 200, type, content.getBytes(UTF_8));
        } catch (Refusal e) {
            refuse(exchange, e);
        }
    }

    private static void require(HttpExchange exchange, String path, String method) throws Refusal {
        if (!exchange.getRequestURI().getPath().equals(path))
            throw new Refusal(404, exchange.getRequestURI().getPath() + ": no such page");
        if (exchange.getRequestMethod().equals(method) || exchange.getRequestMethod().equals("HEAD")) return;
        exchange.getResponseHeaders().set("Allow", method);
        throw new Refusal(405, exchange.getRequestMethod() + ": expected " + method);
    }

    private void translate(HttpExchange exchange) throws IOException {
        long begin = System.nanoTime();
        try {
            require(exchange, "/translate", "POST");
            var request = Request.parse(body(exchange), limits);
            var answer = Answer.of(request, translations(request));
            metrics.answered(200, request.lines().size(), System.nanoTime() - begin);
            send(exchange, 200, JSON, answer);
        } catch (Refusal e) {
            metrics.answered(e.status(), 0, System.nanoTime() - begin);
            refuse(exchange, e);
        } catch (RuntimeException | OutOfMemoryError e) { // the JDK's server would leave its client without an answer
            metrics.answered(500, 0, System.nanoTime() - begin);
            refuse(exchange, new Refusal(500, "no translation: " + e));
        }
    }

    private byte[] body(HttpExchange exchange) throws IOException, Refusal {
        var body = exchange.getRequestBody().readNBytes(limits.bodyBytes() + 1);
        if (body.length > limits.bodyBytes())
            throw new Refusal(413, "the body: more than " + limits.bodyBytes() + " bytes");
        return body;
    }

    private List<Translation> translations(Request request) throws Refusal {
        try {
            return translations(desk.submit(request)
                    .orElseThrow(() -> new Refusal(503, "too many texts wait to be translated; try again")));
        } catch (Failure mistake) {
            throw new Refusal(400, mistake.getMessage());
        }
    }

    private List<Translation> translations(CompletableFuture<List<Translation>> answer) throws Refusal {
        try {
            return answer.get(limits.seconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            answer.cancel(false);
            throw new Refusal(504, "no translation within " + limits.seconds() + " s");
        } catch (InterruptedException e) {
            throw new Refusal(503, "the server stops");
        } catch (ExecutionException e) {
            throw new Refusal(500, "no translation: " + e.getCause());
        }
    }

    private static void refuse(HttpExchange exchange, Refusal refusal) throws IOException {
        if (refusal.status() == 503) exchange.getResponseHeaders().set("Retry-After", "1");
        send(exchange, refusal.status(), JSON, Answer.of(refusal));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] content) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : content.length);
        if (!head) exchange.getResponseBody().write(content);
        exchange.close();
    }

    /// Takes on no more requests, and answers those that it has.
    @Override
    public void close() {
        desk.close();
        http.stop(1);
        threads.close();
    }
}
