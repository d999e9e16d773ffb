package nmt4j.service;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// Many clients of a server at once, each of which sends a text, waits for its translation, and sends the next.
public final class ServerBenchmark {
    private static final JsonMapper JSON = new JsonMapper();

    private final URI address;
    private final List<String> texts;
    private final List<String> expected;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger right = new AtomicInteger();

    private ServerBenchmark(int port, List<String> texts, List<String> expected) {
        address = URI.create("http://localhost:" + port + "/translate");
        this.texts = texts;
        this.expected = expected;
    }

    /// @param answered  requests with status 200
    /// @param right     those whose translation is as expected
    public record Result(int answered, int right, double seconds) {}

    /// @param expected  translation of each text
    public static Result run(int port, List<String> texts, List<String> expected, int clients) {
        var benchmark = new ServerBenchmark(port, texts, expected);
        long start = System.nanoTime();
        try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < clients; i++) threads.execute(() -> benchmark.client(http));
        }
        return new Result(benchmark.answered.get(), benchmark.right.get(), (System.nanoTime() - start) / 1e9);
    }

    private void client(HttpClient http) {
        for (int i = next.getAndIncrement(); i < texts.size(); i = next.getAndIncrement()) {
            try {
                ask(http, i);
            } catch (IOException _) {
                // not answered
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void ask(HttpClient http, int i) throws IOException, InterruptedException {
        var body = "{\"text\": \"" + new String(JsonStringEncoder.getInstance().quoteAsString(texts.get(i))) + "\"}";
        var response = http.send(HttpRequest.newBuilder(address).POST(BodyPublishers.ofString(body)).build(),
                BodyHandlers.ofString());
        if (response.statusCode() != 200) return;
        answered.incrementAndGet();
        if (JSON.readTree(response.body()).path("translation").asText().equals(expected.get(i)))
            right.incrementAndGet();
    }
}
