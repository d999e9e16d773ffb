package nmt4j.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.DoubleStream;
import nmt4j.Failure;
import nmt4j.config.Config;
import nmt4j.data.TextCodecs;
import nmt4j.model.LoadedModel;
import nmt4j.model.ModelFile;
import nmt4j.model.SafeTensors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
    @TempDir
    private Path folder;

    private final List<String> lines = new ArrayList<>();
    private Retry retry = Retry.NEVER;
    private Optional<Validator> validator = Optional.empty();
    private Runnable atEachLook = () -> {
    };

    @BeforeEach
    void writeCorpora() throws IOException {
        Files.writeString(folder.resolve("train"), sentences(60, 1));
        Files.writeString(folder.resolve("valid"), sentences(10, 2));
    }

    private static String sentences(int count, int seed) {
        var random = new Random(seed);
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            for (int n = 1 + random.nextInt(7); n > 0; n--) text.append("w").append(random.nextInt(9)).append(' ');
            text.append("end\n");
        }
        return text.toString();
    }

    /// Validates by loss every 3 updates; 10 batches an epoch or so.
    private Config config(String training) {
        return Config.parse("""
                {"data": {"train": [{"source": "%1$s/train", "target": "%1$s/train"}],
                          "validation": {"source": "%1$s/valid", "target": "%1$s/valid"}, "tokenizer": {"type": "word"}},
                 "model": {"type": "transformer", "modelSize": 16, "feedForwardSize": 32, "numHeads": 2, "encoderLayers": 1,
                           "decoderLayers": 1},
                 "training": {"batch": {"size": 32}, "maxEpochs": null,
                              "schedule": {"type": "plateau", "peak": 0.01, "patience": 1, "factor": 0.5, "minimum": 0},
                              "validation": {"everyUpdates": 3, "metric": "loss", "patience": null}, %2$s}}"""
                .formatted(folder, training), "test.json");
    }

    /// The config with texts of its JSON replaced.
    private Config edited(String training, String... replacements) {
        var json = config(training).toJson();
        for (int i = 0; i < replacements.length; i += 2) {
            assertTrue(json.contains(replacements[i]), json);
            json = json.replace(replacements[i], replacements[i + 1]);
        }
        return Config.parse(json, "test.json");
    }

    private Ending train(String run, RunFolder.Use use, int threads, Config config) {
        return train(run, use, threads, config, Long.MAX_VALUE);
    }

    /// @param looks  how often the run may ask before it is told to stop
    private Ending train(String run, RunFolder.Use use, int threads, Config config, long looks) {
        var left = new long[] {looks};
        return new TinyRun(folder, lines, threads, config, () -> {
            atEachLook.run();
            return left[0]-- <= 0;
        }, retry, validator).train(folder.resolve(run), use);
    }

    private byte[] bytes(String run, String file) throws IOException {
        return TinyRun.bytes(folder.resolve(run), file);
    }

    private List<String> metrics(String run) throws IOException {
        return TinyRun.metrics(folder.resolve(run));
    }

    @Test
    void aRunThatStoppedAndWentOnIsTheRunThatDidNot() throws IOException {
        assertEquals(Ending.MAX_UPDATES,
                train("whole", RunFolder.Use.NEW, 1, config("\"maxUpdates\": 13, \"accumulation\": 2")));
        var parts = config("\"maxUpdates\": 13, \"accumulation\": 2");
        assertEquals(Ending.MAX_UPDATES,
                train("parts", RunFolder.Use.NEW, 1, config("\"maxUpdates\": 4, \"accumulation\": 2")));
        assertEquals(Ending.INTERRUPTED, train("parts", RunFolder.Use.RESUME, 2, parts, 6));
        assertEquals(Ending.MAX_UPDATES, train("parts", RunFolder.Use.RESUME, 3, parts));
        for (var file : List.of("last.safetensors", "best.safetensors"))
            assertArrayEquals(bytes("whole", file), bytes("parts", file), file);
        assertEquals(metrics("whole"), metrics("parts"));
        assertEquals(13 + 5 + 1, metrics("whole").size()); // each update, validations at 3, 6, 9, 12, 13, and the end
        assertEquals(Ending.ALREADY_FINISHED, train("parts", RunFolder.Use.RESUME, 1, parts));
    }

    @Test
    void anAverageGoesOnWhereItWas() throws IOException {
        var training = "\"exponentialMovingAverage\": 0.9, \"maxUpdates\": ";
        train("whole", RunFolder.Use.NEW, 1, config(training + 11));
        train("parts", RunFolder.Use.NEW, 2, config(training + 4));
        assertEquals(Ending.INTERRUPTED, train("parts", RunFolder.Use.RESUME, 2, config(training + 11), 7));
        train("parts", RunFolder.Use.RESUME, 1, config(training + 11));
        for (var file : List.of("last.safetensors", "best.safetensors"))
            assertArrayEquals(bytes("whole", file), bytes("parts", file), file);
        assertEquals(metrics("whole"), metrics("parts"));
    }

    @Test
    void whatIsValidatedAndKeptIsTheAverageOfTheWeightsAfterEachUpdate() {
        var settings = new String[] {"\"everyUpdates\": 3", "\"everyUpdates\": 1",
                "\"schedule\": {\"type\": \"plateau\", \"peak\": 0.01, \"warmup\": 0, \"factor\": 0.5, \"patience\": 1, \"minimum\": 0}",
                "\"schedule\": {\"type\": \"constant\", \"rate\": 0.01}"};
        var plain = edited("\"maxUpdates\": 8, \"keepLast\": 8", settings);
        train("plain", RunFolder.Use.NEW, 1, plain);
        train("averaged", RunFolder.Use.NEW, 1,
                edited("\"maxUpdates\": 8, \"keepLast\": 8, \"exponentialMovingAverage\": 0.4", settings));
        var average = initial(plain);
        for (int update = 1; update <= 8; update++) {
            var file = "checkpoints/update-" + update + ".safetensors";
            var weights = weights(folder.resolve("plain").resolve(file));
            double share = 1 - Math.min(0.4, update / (update + 9.0));
            for (int i = 0; i < average.length; i++) average[i] += share * (weights[i] - average[i]);
            assertArrayEquals(average, weights(folder.resolve("averaged").resolve(file)), 1e-5);
        }
    }

    private static double[] initial(Config config) {
        var codecs = TextCodecs.of(config.data());
        try (var model = ModelFile.declare(config, codecs.source(), codecs.target())) {
            model.model().parameters().allocate(false);
            model.model().parameters().initialize(config.seed());
            return weights(model);
        }
    }

    private static double[] weights(Path file) {
        try (var model = ModelFile.load(file)) {
            return weights(model);
        }
    }

    private static double[] weights(LoadedModel model) {
        var weights = new ArrayList<Double>();
        for (var parameter : model.model().parameters().all())
            for (float weight : parameter.value().toArray()) weights.add((double) weight);
        return weights.stream().mapToDouble(weight -> weight).toArray();
    }

    @Test
    void theNumberOfThreadsDoesNotChangeABit() throws IOException {
        for (int threads = 1; threads <= 3; threads++)
            train("threads" + threads, RunFolder.Use.NEW, threads, config("\"maxUpdates\": 7"));
        for (int threads = 2; threads <= 3; threads++)
            assertArrayEquals(bytes("threads1", "last.safetensors"), bytes("threads" + threads, "last.safetensors"));
    }

    @Test
    void aDamagedStateIsReportedAndTheOneBeforeItUsed() throws IOException {
        var config = config("\"maxUpdates\": 9");
        train("whole", RunFolder.Use.NEW, 1, config);
        train("damaged", RunFolder.Use.NEW, 1, config);
        var newest = folder.resolve("damaged/state-9.safetensors");
        var bytes = Files.readAllBytes(newest);
        bytes[bytes.length / 2] ^= 1;
        Files.write(newest, bytes);
        Files.delete(folder.resolve("damaged/best.safetensors"));
        lines.clear();
        assertEquals(Ending.MAX_UPDATES, train("damaged", RunFolder.Use.RESUME, 1, config));
        assertTrue(lines.getFirst().contains("state-9.safetensors")
                && lines.getFirst().endsWith("using the state before it"), lines.getFirst());
        for (var file : List.of("last.safetensors", "best.safetensors"))
            assertArrayEquals(bytes("whole", file), bytes("damaged", file), file);
        assertEquals(metrics("whole"), metrics("damaged"));
    }

    @Test
    void runsEndAtEpochsMinutesAndWhenPatienceIsExhausted() throws IOException {
        assertEquals(Ending.MAX_EPOCHS, train("epochs", RunFolder.Use.NEW, 1,
                edited("\"maxUpdates\": null", "maxEpochs\": null", "maxEpochs\": 2")));
        assertTrue(metrics("epochs").getLast().contains("\"reason\":\"MAX_EPOCHS\""));
        assertEquals(Ending.MAX_MINUTES, train("minutes", RunFolder.Use.NEW, 1, config("\"maxMinutes\": 1e-9")));
        assertEquals(Ending.PATIENCE, train("patience", RunFolder.Use.NEW, 1,
                edited("\"maxUpdates\": 500", "\"patience\": null", "\"patience\": 2", "\"peak\": 0.01",
                        "\"peak\": 1e-30")));
        var validations = metrics("patience").stream().filter(line -> line.contains("\"validation\"")).toList();
        assertTrue(validations.getFirst().contains("\"best\":true"));
        assertEquals(3, validations.size()); // the first, and two that are no better
    }

    @Test
    void aFolderWithARunAndAnotherConfigAreRefused() {
        train("run", RunFolder.Use.NEW, 1, config("\"maxUpdates\": 1"));
        var exists = assertThrows(Failure.class, () -> train("run", RunFolder.Use.NEW, 1, config("\"maxUpdates\": 1")));
        assertTrue(exists.getMessage().contains("--resume goes on with it"), exists.getMessage());
        var other = assertThrows(Failure.class,
                () -> train("run", RunFolder.Use.RESUME, 1, config("\"maxUpdates\": 2, \"clipNorm\": 7")));
        assertTrue(other.getMessage().contains("training.clipNorm was 1, is 7"), other.getMessage());
        assertFalse(other.getMessage().contains("maxUpdates"), other.getMessage());
        assertEquals(Ending.MAX_UPDATES,
                train("run", RunFolder.Use.OVERWRITE, 1, config("\"maxUpdates\": 1, \"clipNorm\": 7")));
    }

    /// Somebody has made room by deleting states.
    @Test
    void modelsWithoutAStateAreDeletedOnlyIfAsked() throws IOException {
        train("run", RunFolder.Use.NEW, 1, config("\"maxUpdates\": 3"));
        Files.delete(folder.resolve("run/state-3.safetensors"));
        Files.delete(folder.resolve("run/state-0.safetensors"));
        var failure =
                assertThrows(Failure.class, () -> train("run", RunFolder.Use.RESUME, 1, config("\"maxUpdates\": 4")));
        assertEquals(Failure.Kind.MISTAKE, failure.kind());
        assertTrue(failure.getMessage().contains("no training state to go on from"), failure.getMessage());
        assertTrue(Files.exists(folder.resolve("run/best.safetensors")));
        assertEquals(Ending.MAX_UPDATES, train("run", RunFolder.Use.OVERWRITE, 1, config("\"maxUpdates\": 4")));
    }

    @Test
    void overwritingDeletesWhatARunHasWrittenAndNothingElse() throws IOException {
        train("run", RunFolder.Use.NEW, 1, config("\"maxUpdates\": 3"));
        for (var file : List.of("notes.tmp", "state-4.safetensors.nmt-tmp", "checkpoints/update-3.safetensors.nmt-tmp"))
            Files.writeString(folder.resolve("run").resolve(file), "");
        try (var run = RunFolder.open(folder.resolve("run"), RunFolder.Use.OVERWRITE)) {
            run.begin();
        }
        try (var files = Files.walk(folder.resolve("run"))) {
            assertEquals(List.of(".lock", "checkpoints", "notes.tmp", "run"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void nothingIsDeletedForARunThatCannotBegin() throws IOException {
        train("run", RunFolder.Use.NEW, 1, config("\"maxUpdates\": 3"));
        var left = names("run");
        var best = bytes("run", "best.safetensors");
        assertThrows(Failure.class, () -> train("run", RunFolder.Use.OVERWRITE, 1,
                config("\"maxUpdates\": 3, \"freeze\": [\"decoders.*\"]")));
        assertEquals(left, names("run"));
        assertArrayEquals(best, bytes("run", "best.safetensors"));
        assertEquals(Ending.MAX_UPDATES, train("run", RunFolder.Use.RESUME, 1, config("\"maxUpdates\": 4")));
        assertEquals(Ending.MAX_UPDATES, train("run", RunFolder.Use.OVERWRITE, 1, config("\"maxUpdates\": 1")));
        assertEquals(List.of("state-0.safetensors", "state-1.safetensors"),
                names("run").stream().filter(name -> name.startsWith("state-")).toList());
    }

    @Test
    void aCorpusThatChangedIsRefused() throws IOException {
        train("run", RunFolder.Use.NEW, 1, config("\"maxUpdates\": 1"));
        Files.writeString(folder.resolve("train"), sentences(60, 3));
        var failure =
                assertThrows(Failure.class, () -> train("run", RunFolder.Use.RESUME, 1, config("\"maxUpdates\": 2")));
        assertTrue(failure.getMessage().endsWith("the training corpus is not the one that the run was begun with"),
                failure.getMessage());
    }

    @Test
    void aValidationCorpusThatChangedIsRefusedIfTheStateHasAFingerprintOfIt() throws IOException {
        train("run", RunFolder.Use.NEW, 1, config("\"maxUpdates\": 1"));
        Files.writeString(folder.resolve("valid"), sentences(10, 3));
        var longer = config("\"maxUpdates\": 2");
        var failure = assertThrows(Failure.class, () -> train("run", RunFolder.Use.RESUME, 1, longer));
        assertTrue(failure.getMessage().endsWith("the validation corpus is not the one that the run was begun with"),
                failure.getMessage());
        removeMetadata(folder.resolve("run/state-1.safetensors"), "validation");
        assertEquals(Ending.MAX_UPDATES, train("run", RunFolder.Use.RESUME, 1, longer));
    }

    private static void removeMetadata(Path file, String key) {
        try (var state = SafeTensors.open(file)) {
            var metadata = new HashMap<>(state.metadata());
            assertNotNull(metadata.remove(key));
            var tensors = state.tensors().values().stream().map(tensor -> new SafeTensors.Source(tensor.name(),
                    tensor.type(), tensor.shape(), () -> state.data(tensor.name()))).toList();
            SafeTensors.write(file, metadata, tensors);
        }
    }

    /// A folder stands where the state is to be; the wait removes it.
    @Test
    void aStateThatCannotBeWrittenIsTriedAgain() throws IOException {
        var config = config("\"maxUpdates\": 3");
        assertEquals(Ending.MAX_UPDATES, train("free", RunFolder.Use.NEW, 1, config));
        var obstacle = folder.resolve("blocked/state-3.safetensors/x");
        var waits = new ArrayList<Integer>();
        retry = (failure, attempts) -> {
            assertTrue(failure.getMessage().contains("state-3.safetensors: cannot be written"), failure.getMessage());
            waits.add(attempts);
            return attempts < 2 || obstacle.toFile().delete() && obstacle.getParent().toFile().delete();
        };
        atEachLook = () -> obstacle.toFile().mkdirs();
        assertEquals(Ending.MAX_UPDATES, train("blocked", RunFolder.Use.NEW, 1, config));
        assertEquals(List.of(1, 2), waits);
        for (var file : List.of("last.safetensors", "best.safetensors"))
            assertArrayEquals(bytes("free", file), bytes("blocked", file), file);
    }

    /// It is saved beside training, and a folder stands in its place until that is told.
    @Test
    void aStateThatCouldNotBeSavedIsToldAndAnotherIsSaved() throws IOException {
        var config = config("\"maxUpdates\": 9");
        train("free", RunFolder.Use.NEW, 1, config);
        var obstacle = folder.resolve("blocked/state-3.safetensors/x");
        atEachLook = () -> {
            if (failuresTold().isEmpty()) obstacle.toFile().mkdirs();
            else if (obstacle.toFile().delete()) assertTrue(obstacle.getParent().toFile().delete());
        };
        train("blocked", RunFolder.Use.NEW, 1, config);
        assertEquals(1, failuresTold().size(), String.join("\n", lines));
        assertTrue(failuresTold().getFirst().endsWith("; the present state is saved in its place"),
                failuresTold().getFirst());
        for (var file : List.of("last.safetensors", "best.safetensors"))
            assertArrayEquals(bytes("free", file), bytes("blocked", file), file);
    }

    private List<String> failuresTold() {
        return lines.stream().filter(line -> line.contains("state-3.safetensors: cannot be written")).toList();
    }

    @Test
    void oneProcessAtATimeTrainsInAFolder() {
        try (var _ = RunFolder.open(folder.resolve("run"), RunFolder.Use.NEW)) {
            var failure =
                    assertThrows(Failure.class, () -> RunFolder.open(folder.resolve("run"), RunFolder.Use.RESUME));
            assertTrue(failure.getMessage().endsWith("another process is training in it"), failure.getMessage());
        }
    }

    @Test
    void frozenParametersStayAndAPatternThatFitsNothingIsAMistake() throws IOException {
        train("free", RunFolder.Use.NEW, 1, config("\"maxUpdates\": 3"));
        train("frozen", RunFolder.Use.NEW, 1, config("\"maxUpdates\": 3, \"freeze\": [\"encoder.*\"]"));
        var start = ModelFile.declare(config("\"maxUpdates\": 3"), ModelFile.describe(folder.resolve("free")).source(),
                ModelFile.describe(folder.resolve("free")).target());
        start.model().parameters().allocate(false);
        start.model().parameters().initialize(1);
        try (start; var free = ModelFile.load(folder.resolve("free"));
                var frozen = ModelFile.load(folder.resolve("frozen"))) {
            for (var p : start.model().parameters().all()) {
                var name = p.name();
                var begin = p.value().toArray();
                assertNotEquals(0, distance(begin, free.model().parameters().get(name).value().toArray()), name);
                assertEquals(name.startsWith("encoder."),
                        distance(begin, frozen.model().parameters().get(name).value().toArray()) == 0, name);
            }
        }
        var failure = assertThrows(Failure.class,
                () -> train("none", RunFolder.Use.NEW, 1, config("\"freeze\": [\"decoders.*\"]")));
        assertTrue(failure.getMessage().startsWith("training.freeze[0]: no parameter is called \"decoders.*\""),
                failure.getMessage());
    }

    private static double distance(float[] x, float[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) sum += Math.abs(x[i] - y[i]);
        return sum;
    }

    @Test
    void aRunThatDivergesGoesBackAndGivesUpWithAdvice() {
        var config = edited("\"maxUpdates\": 300", "\"peak\": 0.01", "\"peak\": 1000");
        var failure = assertThrows(Failure.class, () -> train("wild", RunFolder.Use.NEW, 1, config));
        assertEquals(Failure.Kind.CHECK, failure.kind());
        assertTrue(failure.getMessage().contains("lower the learning rate"), failure.getMessage());
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("going back to update ")), String.join("\n", lines));
    }

    /// The rate rises until it is too high.
    @Test
    void aRunThatDivergesGoesBackToItsLastValidation() {
        var config = edited("\"maxUpdates\": 300", "\"peak\": 0.01, \"warmup\": 0",
                "\"peak\": 1000, \"warmup\": 300");
        assertThrows(Failure.class, () -> train("wild", RunFolder.Use.NEW, 1, config));
        var validations = lines.stream().filter(line -> line.startsWith("validation, update "))
                .map(line -> line.replaceAll("validation, update (\\d+):.*", "$1")).toList();
        var returns = lines.stream().filter(line -> line.startsWith("going back to update "))
                .map(line -> line.replaceAll("going back to update (\\d+),.*", "$1")).toList();
        assertFalse(returns.isEmpty());
        for (var update : returns)
            assertTrue(update.equals("0") || validations.contains(update), update + " of " + validations);
    }

    /// The first step makes weights of which all that is computed is NaN; the validation after the second sees that.
    @Test
    void aModelThatComputesNoNumbersIsNoneToGoBackTo() {
        var config = edited("\"maxUpdates\": 300", "\"peak\": 0.01", "\"peak\": 1e30", "\"everyUpdates\": 3",
                "\"everyUpdates\": 2");
        assertGoesBackToTheStart("validated", config);
        assertTrue(lines.contains("update 2: the model computes numbers that are not finite"),
                String.join("\n", lines));
    }

    @Test
    void whereNobodyJudgesAModelWhoseUpdateWasSkippedIsNoneToGoBackTo() {
        var json = edited("\"maxUpdates\": 300",
                "\"type\": \"plateau\", \"peak\": 0.01, \"warmup\": 0, \"factor\": 0.5, \"patience\": 1, \"minimum\": 0",
                "\"type\": \"constant\", \"rate\": 1e30", "\"everyUpdates\": 3", "\"everyUpdates\": 2").toJson();
        var unjudged = json.replaceFirst("\"validation\": \\{\\s*\"source\"[^}]*}", "\"validation\": null");
        assertGoesBackToTheStart("unjudged", Config.parse(unjudged, "test.json"));
        assertFalse(lines.stream().anyMatch(line -> line.startsWith("validation, ")), String.join("\n", lines));
    }

    /// Also if its limit is reached before a validation is due.
    @Test
    void aRunDoesNotEndWithAModelThatComputesNoNumbers() {
        assertGoesBackToTheStart("short", edited("\"maxUpdates\": 2", "\"peak\": 0.01", "\"peak\": 1e30"));
    }

    private void assertGoesBackToTheStart(String run, Config config) {
        var failure = assertThrows(Failure.class, () -> train(run, RunFolder.Use.NEW, 1, config));
        assertEquals(Failure.Kind.CHECK, failure.kind());
        assertTrue(failure.getMessage().contains("lower the learning rate"), failure.getMessage());
        var returns = lines.stream().filter(line -> line.startsWith("going back to ")).toList();
        assertEquals(5, returns.size(), String.join("\n", lines));
        assertTrue(returns.stream().allMatch(line -> line.startsWith("going back to update 0,")), returns.toString());
        assertFalse(Files.exists(folder.resolve(run).resolve("best.safetensors")));
    }

    @Test
    void asManyCheckpointsAreKeptAsAsked() throws IOException {
        train("run", RunFolder.Use.NEW, 1, config("\"maxUpdates\": 15, \"keepLast\": 2, \"keepBest\": 0"));
        assertEquals(List.of("update-12.safetensors", "update-15.safetensors"), names("run/checkpoints"));
    }

    @Test
    void aDamagedCheckpointDoesNotStopARun() throws IOException {
        train("run", RunFolder.Use.NEW, 1, config("\"maxUpdates\": 6, \"keepLast\": 5, \"keepBest\": 1"));
        var damaged = folder.resolve("run/checkpoints/update-3.safetensors");
        Files.delete(damaged); // it may be another name of the best model's file
        Files.writeString(damaged, "damaged");
        assertEquals(Ending.MAX_UPDATES, train("run", RunFolder.Use.RESUME, 1,
                config("\"maxUpdates\": 12, \"keepLast\": 2, \"keepBest\": 1")));
        assertFalse(Files.exists(damaged));
    }

    @Test
    void whatTheEndOfARunWroteGoesWhenItGoesOn() throws IOException {
        train("whole", RunFolder.Use.NEW, 1, config("\"maxUpdates\": 9, \"keepLast\": 9"));
        train("run", RunFolder.Use.NEW, 1, config("\"maxUpdates\": 5, \"keepLast\": 9"));
        assertTrue(Files.exists(folder.resolve("run/checkpoints/update-5.safetensors")));
        train("run", RunFolder.Use.RESUME, 1, config("\"maxUpdates\": 9, \"keepLast\": 9"));
        assertEquals(names("whole/checkpoints"), names("run/checkpoints"));
    }

    /// The last model of the first part is the best of all, and no longer is once the run goes on.
    @Test
    void aRunThatEndedAndWentOnKeepsWhatOneKeepsThatDidNot() throws IOException {
        trainByBleu("whole", RunFolder.Use.NEW, 9, 30, 20, 25);
        trainByBleu("parts", RunFolder.Use.NEW, 8, 30, 20, 40);
        assertEquals(List.of("update-3.safetensors", "update-6.safetensors", "update-8.safetensors"),
                names("parts/checkpoints"));
        trainByBleu("parts", RunFolder.Use.RESUME, 9, 25);
        assertEquals(List.of("update-3.safetensors", "update-9.safetensors"), names("whole/checkpoints"));
        assertEquals(names("whole/checkpoints"), names("parts/checkpoints"));
        assertEquals(ModelFile.origin(folder.resolve("whole")), ModelFile.origin(folder.resolve("parts")));
        assertArrayEquals(bytes("whole", "best.txt"), bytes("parts", "best.txt"));
    }

    @Test
    void ofEqualCheckpointsTheFirstIsTheBest() throws IOException {
        trainByBleu("run", RunFolder.Use.NEW, 9, 30, 30, 20);
        assertEquals(List.of("update-3.safetensors", "update-9.safetensors"), names("run/checkpoints"));
        assertArrayEquals(bytes("run", "best.safetensors"), bytes("run", "checkpoints/update-3.safetensors"));
        trainByBleu("both", RunFolder.Use.NEW, 6, 30, 30);
        assertEquals(List.of(folder.resolve("both/checkpoints/update-3.safetensors")),
                KeptCheckpoints.best(folder.resolve("both"), 1));
    }

    /// @param bleu  of one validation after the other
    private void trainByBleu(String run, RunFolder.Use use, int updates, double... bleu) {
        var scores = DoubleStream.of(bleu).iterator();
        validator = Optional.of((_, set, _) -> {
            double score = scores.nextDouble();
            return Optional.of(new Validator.Translations(score, Collections.nCopies(set.size(), "scores " + score)));
        });
        train(run, use, 1, edited("\"maxUpdates\": " + updates, "\"metric\": \"loss\"", "\"metric\": \"bleu\""));
    }

    private List<String> names(String of) throws IOException {
        try (var files = Files.list(folder.resolve(of))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /// A copy of at most 8 words of 10: the loss falls to nearly nothing.
    @Test
    void aTinyTransformerLearnsToCopy() throws IOException {
        Files.writeString(folder.resolve("train"), sentences(1000, 3));
        var schedule = "\"schedule\": {\"type\": \"inverseSquareRoot\", \"peak\": 0.006, \"warmup\": 60}";
        var config = edited("\"maxUpdates\": 350, \"loss\": {\"labelSmoothing\": 0}", "\"size\": 32,", "\"size\": 384,",
                "\"modelSize\": 16", "\"modelSize\": 32", ": 0.1", ": 0", "\"everyUpdates\": 3",
                "\"everyUpdates\": 500",
                "\"schedule\": {\"type\": \"plateau\", \"peak\": 0.01, \"warmup\": 0, \"factor\": 0.5, \"patience\": 1, \"minimum\": 0}",
                schedule);
        train("copy", RunFolder.Use.NEW, 1, config);
        double loss = ModelFile.origin(folder.resolve("copy")).scores().get("loss");
        assertTrue(loss < 0.05, "loss " + loss + "\n" + String.join("\n", lines));
    }
}
