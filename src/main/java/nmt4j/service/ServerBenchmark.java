package nmt4j.service;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// Many clients of a server at once, each of which sends a text, waits for its translation, and sends the next.
public final class ServerBenchmark {
    private static final JsonMapper JSON = new JsonMapper();

    private final int port;
    private final List<String> texts;
    private final List<String> expected;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger right = new AtomicInteger();

    private ServerBenchmark(int port, List<String> texts, List<String> expected) {
        this.port = port;
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
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < clients; i++) threads.execute(benchmark::client);
        }
        return new Result(benchmark.answered.get(), benchmark.right.get(), (System.nanoTime() - start) / 1e9);
    }

    /// Ends with its connection: what it asked last is not answered then.
    private void client() {
        try (var connection = new Connection(port)) {
            for (int i = next.getAndIncrement(); i < texts.size(); i = next.getAndIncrement()) ask(connection, i);
        } catch (IOException _) {
            // other clients go on
        }
    }

    private void ask(Connection connection, int i) throws IOException {
        var text = new String(JsonStringEncoder.getInstance().quoteAsString(texts.get(i)));
        var answer = connection.post("/translate", "{\"text\": \"" + text + "\"}");
        if (answer.status() != 200) return;
        answered.incrementAndGet();
        if (JSON.readTree(answer.body()).path("translation").asText().equals(expected.get(i))) right.incrementAndGet();
    }
}
