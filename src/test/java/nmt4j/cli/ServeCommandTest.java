package nmt4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import nmt4j.Main;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ServeCommandTest {
    private static final Pattern PORT = Pattern.compile("http://localhost:(\\d+)/");

    @TempDir
    private Path folder;
    private String blind;

    private final StringWriter out = new StringWriter();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CompletableFuture<String> port = new CompletableFuture<>();
    private final PrintStream heard = new PrintStream(err, true, UTF_8) {
        @Override
        public void println(String line) {
            super.println(line);
            var said = PORT.matcher(line);
            if (said.find()) port.complete(said.group(1));
        }
    };

    @BeforeEach
    void writeAModelWithoutAttention() {
        blind = RandomModel.write(folder.resolve("blind.safetensors"), RandomModel.WITHOUT_ATTENTION, 5).toString();
    }

    @Test
    void attentionThatAModelHasNotIsAMistakeAtTheStart() {
        assertEquals(2, serve(blind, "--coverage-penalty", "0.2"));
        assertEquals("nmt: attention: the model has none; alignments, coverage and replaced unknown words need it\n",
                err.toString(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--top-p 0.9", "--seed 3", "--sample --beam 3"})
    void whatAnotherSearchGoesByIsRefused(String options) {
        assertEquals(2, serve(blind, options.split(" ")));
        assertTrue(err.toString(UTF_8).matches("nmt: --[^\n]* goe?s? [^\n]*\n"), err.toString(UTF_8));
    }

    @Test
    void attentionThatAModelHasNotIsAMistakeOfTheRequest() throws IOException, InterruptedException {
        var server = Thread.ofVirtual().start(() -> serve(blind));
        try (var client = HttpClient.newHttpClient()) {
            var address = URI.create("http://localhost:" + port.join() + "/translate");
            for (var option : List.of("\"coveragePenalty\": 0.2", "\"attention\": \"weights\"")) {
                var request = HttpRequest.newBuilder(address)
                        .POST(BodyPublishers.ofString("{\"text\": \"ein Satz\", " + option + "}")).build();
                var answer = client.send(request, BodyHandlers.ofString());
                assertEquals(400, answer.statusCode(), answer.body());
                assertTrue(answer.body().contains("attention: the model has none"), answer.body());
            }
        } finally {
            server.interrupt();
            server.join();
        }
    }

    private int serve(String model, String... options) {
        var arguments = new ArrayList<>(List.of("serve", model, "--port", "0"));
        arguments.addAll(List.of(options));
        var streams = new Streams(InputStream.nullInputStream(), out, heard, false);
        return Main.run(streams, arguments.toArray(String[]::new));
    }
}
