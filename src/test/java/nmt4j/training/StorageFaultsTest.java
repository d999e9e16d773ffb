package nmt4j.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import nmt4j.Failure;
import nmt4j.config.Config;
import nmt4j.training.FaultyFiles.Fault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What SQLite's tests do to a database, done to a run: each call to the file system fails once, and the process dies once at
/// each; then the run goes on, and must end as if nothing had been.
class StorageFaultsTest {
    @TempDir
    private Path folder;

    private TinyRun run;

    @BeforeEach
    void writeCorpus() throws IOException {
        Files.writeString(folder.resolve("train"), "a b c\nb a\nc c a\na\n".repeat(5));
        run = TinyRun.of(folder, Config.parse("""
                {"data": {"train": [{"source": "%1$s/train", "target": "%1$s/train"}],
                          "validation": {"source": "%1$s/train", "target": "%1$s/train"}, "tokenizer": {"type": "word"}},
                 "model": {"type": "transformer", "modelSize": 8, "feedForwardSize": 8, "numHeads": 2, "encoderLayers": 1,
                           "decoderLayers": 1},
                 "training": {"batch": {"size": 32}, "maxEpochs": null, "maxUpdates": 5,
                              "schedule": {"type": "constant", "rate": 0.01}, "keepBest": 1, "keepLast": 1,
                              "validation": {"everyUpdates": 2, "metric": "loss", "patience": null}}}"""
                .formatted(folder), "test.json"));
    }

    @Test
    void aRunSurvivesFaultsOfTheFileSystem() throws IOException {
        survivesEvery(17);
    }

    @Test
    @Tag("slow")
    void aRunSurvivesAFaultOfEachCallToTheFileSystem() throws IOException {
        survivesEvery(1);
    }

    private void survivesEvery(int step) throws IOException {
        var counter = new FaultyFiles(Fault.NONE, 0);
        run.train(counter.of(folder.resolve("whole")), RunFolder.Use.NEW);
        assertTrue(counter.calls().size() > 100, counter.calls().toString());
        for (var fault : List.of(Fault.FAILS, Fault.DIES))
            for (int at = 1 + fault.ordinal(); at <= counter.calls().size(); at += step) survives(fault, at);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void aFolderThatIsDeletedAndMadeAgainEndsAsTheOneThatIsNot(int update) throws IOException {
        run.train(folder.resolve("whole"), RunFolder.Use.NEW);
        var place = folder.resolve("run");
        var asked = new AtomicInteger();
        var deleted = new TinyRun(folder, new ArrayList<>(), 1, run.config(), () -> {
            if (asked.incrementAndGet() == update) delete(place);
            return false;
        }, (failure, attempts) -> attempts == 1 && place.toFile().mkdir(), Optional.empty());
        deleted.train(place, RunFolder.Use.NEW);
        for (var file : List.of("last.safetensors", "best.safetensors", "config.json"))
            assertArrayEquals(bytes("whole", file), bytes("run", file), file);
        assertEquals(metrics("whole"), metrics("run"));
        assertEquals(deleted.lines(), Files.readAllLines(place.resolve("train.log")));
    }

    private void survives(Fault fault, int at) throws IOException {
        var place = folder.resolve("run");
        var files = new FaultyFiles(fault, at);
        try {
            run.train(files.of(place), RunFolder.Use.NEW);
        } catch (Failure failure) {
            assertEquals(Failure.Kind.MACHINE, failure.kind(), failure.getMessage());
        } catch (FaultyFiles.Killed _) {
            assertEquals(Fault.DIES, fault);
        }
        var where = fault + " at call " + at + ", " + files.calls().getLast();
        run.lines().clear();
        run.train(place, RunFolder.Use.RESUME);
        assertEquals(List.of(), run.lines().stream().filter(line -> line.contains("using the state before")).toList(),
                where);
        for (var file : List.of("last.safetensors", "best.safetensors"))
            assertArrayEquals(bytes("whole", file), bytes("run", file), where + ": " + file);
        assertEquals(metrics("whole"), metrics("run"), where);
        delete(place);
    }

    private byte[] bytes(String run, String file) throws IOException {
        return TinyRun.bytes(folder.resolve(run), file);
    }

    private List<String> metrics(String run) throws IOException {
        return TinyRun.metrics(folder.resolve(run));
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
