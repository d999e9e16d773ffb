package nmt4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import nmt4j.Main;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What each family must be able to learn: toy tasks, from the corpus to the score by the commands that a user types.
/// Prints the scores and how long training took.
@Tag("slow")
class ToyGatesTest {
    private static final List<String> TRANSFORMER = List.of("model.modelSize=128", "model.feedForwardSize=256",
            "model.encoderLayers=2", "model.decoderLayers=2",
            "model.dropout={\"embedding\": 0, \"residual\": 0, \"attention\": 0, \"feedForward\": 0}",
            "training.batch.size=1024");
    private static final List<String> WITH_ATTENTION = List.of("model.embeddingSize=64", "model.modelSize=128",
            "model.dropout={\"embedding\": 0, \"layer\": 0}", "training.batch.size=1024");
    private static final List<String> FIXED_CONTEXT = List.of("model.embeddingSize=64", "model.modelSize=256",
            "model.dropout={\"embedding\": 0, \"layer\": 0}", "training.batch.size=512");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"COPY, 99", "REVERSE, 98", "SORT, 97"})
    void aTransformerLearnsToCopyToReverseAndToSort(ToyTask task, double least) throws IOException {
        task.write(folder, 50, 20);
        assertBleu(least, task, "transformer", cosine(TRANSFORMER, 3e-3, 200, 1000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gru-bahdanau", "lstm-luong-dot", "lstm-luong-general", "lstm-luong-concat",
            "lstm-bidirectional", "lstm-3-layers", "convolutional"})
    void withGatesAndAttentionEachLearnsToReverseAndToCopy(String config) throws IOException {
        assertReversesAndCopies(config, cosine(WITH_ATTENTION, 3e-3, 100, 800));
    }

    /// Without gates learning takes longer.
    @ParameterizedTest
    @ValueSource(strings = {"elman", "elman-irnn", "jordan"})
    void withAttentionAloneEachLearnsToReverseAndToCopy(String config) throws IOException {
        assertReversesAndCopies(config, cosine(WITH_ATTENTION, 3e-3, 100, 2000));
    }

    private void assertReversesAndCopies(String config, List<String> settings) throws IOException {
        ToyTask.REVERSE.write(folder, 50, 20);
        assertBleu(95, ToyTask.REVERSE, config, settings);
        ToyTask.COPY.write(folder, 50, 20);
        assertBleu(98, ToyTask.COPY, config, settings);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lstm", "gru-fixed-context"})
    void withFixedContextEachFamilyLearnsToCopyShortLines(String config) throws IOException {
        ToyTask.COPY.write(folder, 10, 8);
        assertBleu(98, ToyTask.COPY, config, cosine(FIXED_CONTEXT, 4e-3, 100, 1500));
    }

    private static List<String> cosine(List<String> settings, double peak, int warmup, int updates) {
        var all = new ArrayList<>(settings);
        all.add("training.schedule={\"type\": \"cosine\", \"peak\": " + peak + ", \"warmup\": " + warmup
                + ", \"updates\": " + updates + "}");
        all.add("training.maxUpdates=" + updates);
        return all;
    }

    private void assertBleu(double least, ToyTask task, String config, List<String> settings) throws IOException {
        long start = System.nanoTime();
        train(config, settings);
        double seconds = (System.nanoTime() - start) / 1e9;
        double bleu = bleu();
        System.out.printf(Locale.ROOT, "%-7s %-20s BLEU %6.2f (at least %.0f), trained in %.0f s%n", task, config, bleu,
                least, seconds);
        assertTrue(bleu >= least, config + ", " + task + ": BLEU " + bleu);
    }

    /// With words, without smoothing and validation.
    private void train(String config, List<String> settings) throws IOException {
        var all = new ArrayList<>(List.of("data.train=[{\"source\": \"%1$s/train.x\", \"target\": \"%1$s/train.y\"}]"
                .formatted(folder), "data.validation=null", "data.tokenizer={\"type\": \"word\"}",
                "training.loss.labelSmoothing=0", "training.maxEpochs=null"));
        all.addAll(settings);
        var arguments = new ArrayList<>(
                List.of("train", "configs/multi30k/" + config + ".json", "--run", run(), "--overwrite"));
        for (var setting : all) arguments.addAll(List.of("--set", setting));
        nmt(arguments);
    }

    private double bleu() throws IOException {
        var report = nmt(List.of("eval", run(), "--source", folder.resolve("test.x").toString(), "--reference",
                folder.resolve("test.y").toString(), "--format", "json"));
        return new ObjectMapper().readTree(report).findValue("score").asDouble();
    }

    private String run() {
        return folder.resolve("run").toString();
    }

    private static String nmt(List<String> arguments) {
        var out = new StringWriter();
        var err = new ByteArrayOutputStream();
        var streams = new Streams(InputStream.nullInputStream(), out, new PrintStream(err, true, UTF_8), false);
        assertEquals(0, Main.run(streams, arguments.toArray(String[]::new)), () -> err.toString(UTF_8));
        return out.toString();
    }
}
