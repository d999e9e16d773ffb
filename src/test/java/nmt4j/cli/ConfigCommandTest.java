package nmt4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import nmt4j.Main;
import nmt4j.config.Config;
import nmt4j.config.ConfigReference;
import org.junit.jupiter.api.Test;

class ConfigCommandTest {
    private static final String SHIPPED = "configs/multi30k/transformer.json";

    private final StringWriter out = new StringWriter();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        return Main.run(new Streams(InputStream.nullInputStream(), out, new PrintStream(err, true, UTF_8), false),
                args);
    }

    @Test
    void aConfigIsPrintedWithItsSettingsAndReadsBack() {
        assertEquals(0, run("config", SHIPPED, "--set", "training.maxEpochs=3", "--set=seed=7"));
        var printed = Config.parse(out.toString(), "printed");
        assertEquals(3, printed.training().maxEpochs().orElseThrow());
        assertEquals(7, printed.seed());
        assertEquals(Config.load(Path.of(SHIPPED), List.of("seed=7", "training.maxEpochs=3")), printed);
    }

    @Test
    void theNumberOfParametersAndTheMemoryThatTrainingTakesAreToldOnStderr() {
        assertEquals(0,
                run("config", "configs/quickstart.json", "--set", "data.tokenizer={\"type\": \"char\"}", "--set",
                        "model.encoderLayers=1", "--set", "model.decoderLayers=1"));
        assertTrue(err.toString(UTF_8).matches("(?s)model: [\\d,]+ parameters, vocabularies of .*"
                + "training takes [\\d,]+ MB: weights [\\d,]+, gradients .*, activations .*"), err.toString(UTF_8));
    }

    @Test
    void everyMistakeIsALineOnStderr() {
        assertEquals(2, run("config", SHIPPED, "--set", "sed=1", "--set", "model.numHeads=7"));
        assertEquals("nmt: --set: sed: unknown key; did you mean seed?\n"
                + "nmt: --set: model.numHeads: 7 does not divide modelSize 256 (try 8, or modelSize 224)\n",
                err.toString(UTF_8));
        assertEquals("", out.toString());
    }

    @Test
    void theReferenceIsPrintedWithoutAConfig() {
        assertEquals(0, run("config", "--reference"));
        assertEquals(ConfigReference.markdown(), out.toString());
    }

    @Test
    void aConfigOrTheReferenceMustBeAskedFor() {
        assertEquals(2, run("config"));
        assertEquals(1, err.toString(UTF_8).lines().count(), err.toString(UTF_8));
        assertTrue(err.toString(UTF_8).contains("CONFIG"), err.toString(UTF_8));
    }
}
