package nmt4j;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import nmt4j.cli.Streams;
import nmt4j.config.Config;
import nmt4j.data.TextCodecs;
import nmt4j.kernel.Arena;
import nmt4j.kernel.Gemm;
import nmt4j.kernel.Nd4jProduct;
import nmt4j.model.ModelFile;
import nmt4j.model.SafeTensors;
import nmt4j.report.AttentionPicture;
import nmt4j.report.KeptAttention;
import nmt4j.report.ReportPage;

/// What commands do when they start, done once for the JVM to keep in a start cache: the launcher asks for it. Classes of
/// the Vector API, and kernels that use it, stay out: the module is loaded too late to be kept (see `VectorModule`).
final class Rehearsal {
    private static final String CORPUS = "das ist ein haus .\ndas ist ein baum .\n".repeat(50);

    private final Path folder;

    private Rehearsal(Path folder) {
        this.folder = folder;
    }

    /// In a folder that vanishes; nothing is printed.
    static void run() throws IOException {
        var folder = Files.createTempDirectory("nmt-rehearsal");
        try {
            new Rehearsal(folder).all();
        } finally {
            try (var files = Files.list(folder)) {
                for (var file : files.toList()) Files.delete(file);
            }
            Files.delete(folder);
        }
    }

    private void all() {
        var text = write("text", CORPUS);
        nmt("--help");
        nmt("train", write("mistaken.json", config(text, "bpe", ", \"modle\": 1")));
        nmt("eval", "--hypothesis", text, "--reference", text);
        for (var tokenizer : List.of("bpe", "rawBpe")) {
            var model = modelWithoutWeights(Config.parse(config(text, tokenizer, ""), "rehearsal"));
            nmt("vocab", model);
            nmt("tokenize", model, "--side", "source");
        }
        report(text);
        for (var command : Main.COMMANDS) nmt(command, "--help");
        products();
    }

    /// @param more  keys behind the others
    private static String config(String text, String tokenizer, String more) {
        return "{\"data\": {\"train\": [{\"source\": \"" + text + "\", \"target\": \"" + text + "\"}], "
                + "\"tokenizer\": {\"type\": \"" + tokenizer + "\", \"merges\": 9}}, "
                + "\"model\": {\"type\": \"transformer\", \"modelSize\": 16}" + more + "}";
    }

    private String write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text, UTF_8).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String modelWithoutWeights(Config config) {
        var codecs = TextCodecs.of(config.data());
        var file = folder.resolve("model.safetensors");
        try (var model = ModelFile.declare(config, codecs.source(), codecs.target())) {
            SafeTensors.write(file, ModelFile.metadata(model), List.of());
        }
        return file.toString();
    }

    /// Of a run without a model; then the attention that a run with one has kept.
    private void report(String text) {
        write("config.json", """
                {"data": {"train": [{"source": "CORPUS", "target": "CORPUS"}],
                          "validation": {"source": "CORPUS", "target": "CORPUS"}}}""".replace("CORPUS", text));
        write("metrics.jsonl", """
                {"event":"training","update":1,"epoch":1,"loss":5.5,"learningRate":1.0E-4,"skipped":0}
                {"event":"validation","update":1,"bleu":10.5,"loss":4.5,"perplexity":90.0,"accuracy":0.25,"best":true}
                {"event":"end","update":1,"reason":"MAX_UPDATES","bestUpdate":1}
                """);
        write("train.log", """
                validation, update 1: loss 4.5
                  source      das ist ein haus .
                  reference   das ist ein haus .
                  translation das ist ein baum .
                """);
        write("starts.jsonl", "{\"program\":\"nmt4j\"}\n");
        write("best.txt", CORPUS);
        nmt("report", folder.toString());
        var picture = new AttentionPicture(List.of("ein", "haus"), List.of("haus"),
                List.of(new AttentionPicture.Part(1, 1, new float[][] {{0.25f, 0.75f}})));
        var kept = new KeptAttention(new KeptAttention.Subject("model", List.of("ein haus"), List.of("haus")),
                List.of(picture));
        KeptAttention.read(Path.of(write("attention.json", kept.toJson())), kept.subject())
                .ifPresent(pictures -> ReportPage.ofAttention("rehearsal", pictures));
    }

    private static void nmt(String... args) {
        Main.run(new Streams(new ByteArrayInputStream(CORPUS.getBytes(UTF_8)), Writer.nullWriter(),
                new PrintStream(OutputStream.nullOutputStream(), false, UTF_8), false), args);
    }

    /// Without vectors, whose classes no start cache can hold.
    private static void products() {
        new Arena().close();
        Gemm.load();
        Nd4jProduct.load();
    }
}
