package nmt4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nmt4j.Failure;
import nmt4j.config.Config;
import nmt4j.text.TextCodec;
import nmt4j.text.Vocabulary;
import nmt4j.text.WordTokenizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
    private static final Config CONFIG = Config.parse("""
            {"data": {"train": [{"source": "a", "target": "b"}], "tokenizer": {"type": "word"}, "vocabulary": {"shared": false}},
             "model": {"type": "transformer", "modelSize": 8, "feedForwardSize": 16, "numHeads": 2,
                       "encoderLayers": 1, "decoderLayers": 1, "tiedEmbeddings": "output"}}""", "test.json");

    private static final Config TIED = Config.parse("""
            {"data": {"train": [{"source": "a", "target": "b"}], "tokenizer": {"type": "word"}},
             "model": {"type": "transformer", "modelSize": 8, "feedForwardSize": 16, "numHeads": 2,
                       "encoderLayers": 1, "decoderLayers": 1, "tiedEmbeddings": "all"}}""", "test.json");

    @TempDir
    private Path folder;

    private static TextCodec codec(String... words) {
        var tokens = new ArrayList<>(Vocabulary.SPECIALS);
        tokens.addAll(List.of(words));
        return new TextCodec(new WordTokenizer(), Vocabulary.of(tokens), true);
    }

    private static LoadedModel model() {
        var model = ModelFile.declare(CONFIG, codec("ein", "\"Haus\"", "\u2028"), codec("a", "house", "</s>", "\\"));
        model.model().parameters().allocate(false);
        model.model().parameters().initialize(7);
        return model;
    }

    @Test
    void aModelReadIsTheModelWritten() throws IOException {
        var file = folder.resolve("best.safetensors");
        try (var written = model()) {
            ModelFile.write(file, written, 12, Map.of("bleu", 34.5));
            try (var read = ModelFile.load(folder)) {
                assertEquals(written.config(), read.config());
                assertEquals(written.source(), read.source());
                assertEquals(written.target(), read.target());
                assertArrayEquals(values(written), values(read));
                ModelFile.write(folder.resolve("again.safetensors"), read, 12, Map.of("bleu", 34.5));
            }
        }
        assertEquals(new ModelFile.Origin(12, Map.of("bleu", 34.5)), ModelFile.origin(file));
        assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(folder.resolve("again.safetensors")));
    }

    @Test
    void whatIsWrongWithTheWeightsIsNamed() {
        assertTrue(messageOf(file -> {
            var tensors = tensors(file);
            tensors.removeIf(t -> t.name().equals("output.bias"));
            return tensors;
        }).endsWith("weights output.bias [8] are missing"));
        assertTrue(messageOf(file -> {
            var tensors = tensors(file);
            var bias = tensors.removeLast();
            tensors.add(new SafeTensors.Source(bias.name(), ElementType.F32, List.of(2L, 4L), bias.data()));
            return tensors;
        }).endsWith("weights output.bias: F32 [2, 4], expected F32 [8]"));
        assertTrue(messageOf(file -> {
            var tensors = tensors(file);
            tensors.getLast().data().get().setAtIndex(ValueLayout.JAVA_FLOAT, 3, Float.NaN);
            return tensors;
        }).endsWith("weights output.bias: element 3 is NaN"));
    }

    @Test
    void aTableForBothSidesNeedsVocabulariesOfOneSize() throws IOException {
        var file = folder.resolve("tied.safetensors");
        var shared = codec("ein", "Haus");
        try (var model = ModelFile.declare(TIED, shared, shared)) {
            model.model().parameters().allocate(false);
            ModelFile.write(file, model, 1, Map.of());
        }
        assertEquals(6, ModelFile.describe(file).target().vocabulary().size());
        try (var tensors = SafeTensors.open(file)) {
            var metadata = new HashMap<>(tensors.metadata());
            for (var other : List.of(codec("ein", "Haus", "mehr"), codec("ein"))) {
                metadata.put("target", CodecJson.write(other));
                var failure = assertThrows(Failure.class, () -> ModelFile.declare(file, metadata));
                assertEquals(file + ": model.tiedEmbeddings: all, but vocabularies of 6 and "
                        + other.vocabulary().size() + "; expected one for both sides", failure.getMessage());
            }
        }
    }

    @Test
    void aFolderWithoutABestModelAndAFileOfAnotherProgramAreRefused() throws IOException {
        var failure = assertThrows(Failure.class, () -> ModelFile.load(folder));
        assertTrue(failure.getMessage().contains("a folder without best.safetensors"), failure.getMessage());
        var last = Files.createFile(folder.resolve("last.safetensors"));
        failure = assertThrows(Failure.class, () -> ModelFile.load(folder));
        assertTrue(failure.getMessage().endsWith(", or " + last), failure.getMessage());
        var other = folder.resolve("other.safetensors");
        SafeTensors.write(other, Map.of(), List.of());
        failure = assertThrows(Failure.class, () -> ModelFile.load(other));
        assertTrue(failure.getMessage().endsWith("not a model of nmt4j: its metadata have no nmt4j"),
                failure.getMessage());
    }

    /// Takes a model's tensors apart and puts them together wrongly.
    private interface Spoiler {
        List<SafeTensors.Source> spoil(LoadedModel model);
    }

    private static ArrayList<SafeTensors.Source> tensors(LoadedModel model) {
        var tensors = new ArrayList<>(Weights.sources(model.model().parameters()));
        assertFalse(tensors.isEmpty());
        return tensors;
    }

    private String messageOf(Spoiler spoiler) {
        var file = folder.resolve("spoilt.safetensors");
        try (var model = model()) {
            ModelFile.write(file, model, 1, Map.of());
            Map<String, String> metadata;
            try (var good = SafeTensors.open(file)) {
                metadata = Map.copyOf(good.metadata());
            }
            SafeTensors.write(file, metadata, spoiler.spoil(model));
        }
        return assertThrows(Failure.class, () -> ModelFile.load(file)).getMessage();
    }

    private static float[] values(LoadedModel model) {
        return model.model().parameters().values().toArray();
    }
}
