package nmt4j.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import nmt4j.Failure;
import nmt4j.config.Config;
import nmt4j.config.DecodingConfig;
import nmt4j.decoding.Alignments;
import nmt4j.decoding.Ensemble;
import nmt4j.decoding.Hypothesis;
import nmt4j.decoding.Linking;
import nmt4j.decoding.Search;
import nmt4j.decoding.Sentence;
import nmt4j.decoding.Settings;
import nmt4j.decoding.SubwordAttention.Moment;
import nmt4j.decoding.TinyModel;
import nmt4j.decoding.Translator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ServerTest {
    private static final int V = 29;
    private static final TinyModel TINY = TinyModel.of(V, 19);
    private static final DecodingConfig DECODING = Config.parse("""
            {"data": {"train": [{"source": "a", "target": "b"}]}, "decoding": {"beamSize": 2, "maxLength": {"factor": 1, "extra": 3}}}
            """, "tiny").decoding();
    private static final Alignments SOFT =
            new Alignments(Optional.of(new Linking.Soft()), Moment.PREDICTING, Alignments.Unknown.KEPT);
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Translator translator = new Translator(Ensemble.of(TINY.loaded(TinyModel.Family.TRANSFORMER, V)),
            Search.beam(Settings.of(DECODING), 1), new Translator.Options(2, 64, 40));
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger begun = new AtomicInteger();
    private Server server = server(new Limits(10_000, 50, 10_000, 30));

    private Server server(Limits limits) {
        return new Server(new InetSocketAddress("localhost", 0), limits, this::translator);
    }

    private Translator translator(Options options) {
        int beam = Integer.parseInt(options.search().getOrDefault("beam", "2"));
        if (beam == 7) throw Failure.mistake("--beam: 7, expected another");
        if (beam == 8) return translator.searching((_, sentences) -> endless(sentences), Alignments.NONE);
        var config = new DecodingConfig(beam, DECODING.lengthPenalty(), DECODING.maxLength());
        var search = Search.beam(Settings.of(config), options.nBest());
        if (options.attention() == Options.Attention.NONE) return translator.searching(search, Alignments.NONE);
        return translator.searching(Search.withAttention(search, Settings.of(config)), SOFT);
    }

    @AfterEach
    void stop() {
        server.close();
        client.close();
        translator.close();
    }

    @AfterAll
    static void free() {
        TINY.close();
    }

    @Test
    void hundredsOfRequestsAtOnceEachGetTheirOwnTranslations() throws Exception {
        var lines = lines(400);
        var expected = new ArrayList<String>();
        var bodies = new ArrayList<String>();
        var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (int i = 0; i < lines.size(); i++) {
            var beam = Integer.toString(1 + i / 30 % 4); // 30 of a kind, and others before they are done
            var own = translator(new Options(Map.of("beam", beam), 1, Options.Attention.NONE));
            expected.add(own.texts(List.of(lines.get(i))).getFirst());
            bodies.add("{\"text\": \"" + lines.get(i) + "\", \"beam\": " + beam + "}");
        }
        for (var body : bodies) answers.add(client.sendAsync(post(body), BodyHandlers.ofString()));
        for (int i = 0; i < lines.size(); i++)
            assertEquals(expected.get(i),
                    JSON.readTree(answers.get(i).get().body()).get("translation").textValue(), lines.get(i));
    }

    @Test
    void aListIsAnsweredInItsOrderWithAsManyTranslationsAsAsked() throws Exception {
        var answer = json(200, "{\"text\": [\"a b c\", \"\", \"d e\"], \"nBest\": 3, \"beam\": 4}");
        assertEquals(3, answer.get("translations").size());
        assertEquals(3, answer.get("translations").get(0).get("nBest").size());
        assertEquals(answer.get("translations").get(0).get("translation"),
                answer.get("translations").get(0).get("nBest").get(0).get("translation"));
        assertEquals("", answer.get("translations").get(1).get("translation").textValue());
    }

    @Test
    void attentionComesAsNumbersOrAsAPicture() throws Exception {
        var weights = json(200, "{\"text\": \"a b c\", \"nBest\": 2, \"attention\": \"weights\"}");
        for (var each : weights.get("nBest")) {
            var attention = each.get("attention");
            assertEquals("[\"a\",\"b\",\"c\"]", attention.get("source").toString());
            assertEquals(each.get("translation").textValue(), attention.get("target").valueStream()
                    .map(JsonNode::textValue).collect(Collectors.joining(" ")));
            for (var row : attention.get("weights")) {
                double sum = row.valueStream().mapToDouble(JsonNode::doubleValue).sum();
                assertTrue(row.size() == 3 && sum > 0 && sum < 1, row.toString()); // </s> has the rest
            }
        }
        var svg = json(200, "{\"text\": [\"a b c\", \"\"], \"attention\": \"svg\"}").get("translations");
        assertTrue(svg.get(0).get("attention").textValue().startsWith("<svg "), svg.toString());
        assertTrue(svg.get(1).path("attention").isMissingNode(), svg.toString());
    }

    @Test
    void aThousandRequestsByManyClientsAreAllAnsweredAndRight() {
        var lines = lines(1000);
        var result = ServerBenchmark.run(server.port(), lines, translator.texts(lines), 64);
        assertEquals(1000, result.answered());
        assertEquals(1000, result.right());
    }

    @Test
    void aWrongRequestIsToldWhatIsWrong() throws Exception {
        assertEquals("text: missing, expected a string or a list of strings", error(400, "{}"));
        assertEquals("text[1]: number, expected a string", error(400, "{\"text\": [\"a\", 1]}"));
        assertTrue(error(400, "{\"text\": \"a\", \"bean\": 1}")
                .startsWith("bean: unknown key; expected text, nBest, attention, beam"));
        assertEquals("minLength: 1001, expected a whole number from 0 to 1000",
                error(400, "{\"text\": \"a\", \"minLength\": 1001}"));
        assertEquals("maxLength: 0, expected a whole number from 1 to 1000",
                error(400, "{\"text\": \"a\", \"maxLength\": 0}"));
        assertEquals("attention: 3, expected \"weights\" or \"svg\"",
                error(400, "{\"text\": \"a\", \"attention\": 3}"));
        assertEquals("sample: array, expected a value", error(400, "{\"text\": \"a\", \"sample\": []}"));
        assertEquals("--beam: 7, expected another", error(400, "{\"text\": \"a\", \"beam\": 7}"));
        assertEquals("beam: 0, expected a whole number from 1 to 200", error(400, "{\"text\": \"a\", \"beam\": 0}"));
        assertEquals("text: has a line feed; expected one sentence a string", error(400, "{\"text\": \"a\\nb\"}"));
        assertEquals("the body: line 1, column 10: not JSON: Unexpected end-of-input within/between Object entries",
                error(400, "{\"text\": "));
        assertTrue(error(400, "{\"text\": \"a\"} {}").startsWith("the body: line 1, column 15: not JSON: "));
        assertEquals("the body: array, expected a JSON object", error(400, "[]"));
        assertEquals("the body: more than 10000 bytes", error(413, "{\"text\": \"" + "a ".repeat(5000) + "\"}"));
        assertEquals("text: 51 texts, expected at most 50",
                error(413, "{\"text\": [" + "\"a\",".repeat(50) + "\"a\"]}"));
        assertEquals("/nothing: no such page", JSON.readTree(get("/nothing", 404)).get("error").textValue());
        assertEquals("GET: expected POST", JSON.readTree(get("/translate", 405)).get("error").textValue());
    }

    @Test
    void aFullQueueRefusesAndSaysWhenToComeBack() throws Exception {
        server.close();
        server = server(new Limits(10_000, 50, 2, 30));
        var response = client.send(post("{\"text\": [\"a\", \"b\", \"c\"]}"), BodyHandlers.ofString());
        assertEquals(503, response.statusCode());
        assertEquals("1", response.headers().firstValue("Retry-After").orElseThrow());
        json(200, "{\"text\": [\"a\", \"b\"]}");
    }

    @Test
    void healthMetricsAndThePageAreThere() throws Exception {
        json(200, "{\"text\": [\"a b\", \"c\"]}");
        error(400, "{}");
        assertEquals("ok", JSON.readTree(get("/health", 200)).get("status").textValue());
        var metrics = get("/metrics", 200);
        assertTrue(metrics.contains("nmt_requests_total{status=\"200\"} 1\n"), metrics);
        assertTrue(metrics.contains("nmt_requests_total{status=\"400\"} 1\n"), metrics);
        assertTrue(metrics.contains("nmt_lines_total 2\n"), metrics);
        assertTrue(metrics.contains("nmt_request_seconds_bucket{le=\"+Inf\"} 2\n"), metrics);
        var page = get("/", 200);
        assertTrue(page.contains("<textarea") && !page.contains("http"), page);
    }

    @Test
    void requestsThatWereReadAreAnsweredBeforeTheServerStops() throws Exception {
        var lines = lines(50).stream().map(line -> '"' + line + '"').collect(Collectors.joining(","));
        var answer = client.sendAsync(post("{\"text\": [" + lines + "]}"), BodyHandlers.ofString());
        while (!get("/metrics", 200).contains("nmt_waiting_lines 50\n") && !answer.isDone()) Thread.onSpinWait();
        server.close();
        assertEquals(50, JSON.readTree(answer.get().body()).get("translations").size());
    }

    /// Three of two threads: one of them waits for a thread, and is not searched.
    @Test
    void whoGetsNoTranslationInTimeKeepsNobodyFromTheirs() throws Exception {
        server.close();
        server = server(new Limits(10_000, 50, 3, 1));
        var late = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (int i = 0; i < 3; i++)
            late.add(client.sendAsync(post("{\"text\": \"a\", \"beam\": 8}"), BodyHandlers.ofString()));
        for (var answer : late) assertEquals(504, answer.get().statusCode());
        assertTrue(get("/metrics", 200).contains("nmt_waiting_lines 0\n"));
        released.countDown();
        json(200, "{\"text\": [\"a\", \"b\", \"c\"]}");
        assertEquals(2, begun.get());
    }

    /// Finds nothing until it is released.
    private List<List<Hypothesis>> endless(List<Sentence> sentences) {
        begun.incrementAndGet();
        try {
            released.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return Collections.nCopies(sentences.size(), List.of());
    }

    private static List<String> lines(int count) {
        var random = new Random(3);
        var lines = new ArrayList<String>();
        for (int i = 0; i < count; i++)
            lines.add(random.ints(1 + random.nextInt(12), 'a', 'a' + V - 4).mapToObj(Character::toString)
                    .collect(Collectors.joining(" ")));
        return lines;
    }

    private HttpRequest post(String body) {
        return HttpRequest.newBuilder(uri("/translate")).POST(BodyPublishers.ofString(body)).build();
    }

    private JsonNode json(int status, String body) throws IOException, InterruptedException {
        var response = client.send(post(body), BodyHandlers.ofString());
        assertEquals(status, response.statusCode(), response.body());
        return JSON.readTree(response.body());
    }

    private String error(int status, String body) throws IOException, InterruptedException {
        return json(status, body).get("error").textValue();
    }

    private String get(String path, int status) throws IOException, InterruptedException {
        var response = client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
        assertEquals(status, response.statusCode());
        return response.body();
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + server.port() + path);
    }
}
