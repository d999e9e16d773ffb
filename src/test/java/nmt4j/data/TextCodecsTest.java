package nmt4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import nmt4j.SharedFiles;
import nmt4j.config.Config;
import nmt4j.config.DataConfig;
import nmt4j.text.Lines;
import nmt4j.text.Vocabulary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextCodecsTest {
    @TempDir
    Path folder;

    @BeforeEach
    void writeCorpus() throws IOException {
        Files.writeString(folder.resolve("train.de"), "Das Haus ist neu .\nDas neue Haus\n");
        Files.writeString(folder.resolve("train.en"), "The house is new .\nThe new house\n");
    }

    /// The corpus with these other keys of `data`.
    private DataConfig config(String keys) {
        return Config.parse(
                """
                {"data": {"train": [{"source": "%1$s/train.de", "target": "%1$s/train.en"}], %2$s},
                 "model": {"type": "transformer", "tiedEmbeddings": "none"}}""".formatted(folder,
                        keys.replace('\'', '"')),
                "test").data();
    }

    private static List<String> words(Vocabulary vocabulary) {
        return vocabulary.tokens().subList(Vocabulary.SPECIALS.size(), vocabulary.size());
    }

    @Test
    void aSharedVocabularyIsOneForBothSides() {
        var codecs = TextCodecs.of(config("'tokenizer': {'type': 'word'}"));
        assertSame(codecs.source(), codecs.target());
        assertEquals(Set.of(".", "Das", "Haus", "The", "house", "new", "ist", "is", "neu", "neue"),
                Set.copyOf(words(codecs.source().vocabulary())));
    }

    @Test
    void separateVocabulariesHoldOneSideEach() {
        var codecs = TextCodecs.of(config("'lowercase': true, 'tokenizer': {'type': 'word'}, "
                + "'vocabulary': {'shared': false, 'minFrequency': 2}"));
        assertEquals(List.of("das", "haus"), words(codecs.source().vocabulary()));
        assertEquals(List.of("house", "new", "the"), words(codecs.target().vocabulary()));
        assertEquals("the house <unk> new", codecs.target().decode(codecs.target().encode("THE house was new")));
    }

    @Test
    void mergesAreLearntOfEachSideWhereVocabulariesAreSeparate() {
        var codecs =
                TextCodecs.of(config("'tokenizer': {'type': 'bpe', 'merges': 5}, 'vocabulary': {'shared': false}"));
        assertNotEquals(codecs.source().tokenizer().description(), codecs.target().tokenizer().description());
    }

    @Test
    void vocabulariesAndCodesAreReadFromFiles() throws IOException {
        var vocabulary = Files.writeString(folder.resolve("vocabulary"), "ho@@ 3\nuse 2\n");
        var codes = Files.writeString(folder.resolve("codes"), "#version: 0.2\nh o\ns e</w>\nu se</w>\n");
        var codec = TextCodecs.of(config("'tokenizer': {'type': 'bpe', 'codes': '%2$s'}, "
                .concat("'vocabulary': {'source': '%1$s', 'target': '%1$s'}").formatted(vocabulary, codes))).target();
        assertEquals(List.of("ho@@", "use"), words(codec.vocabulary()));
        assertEquals(List.of("ho@@", "use"), codec.tokens(codec.encode("house")));
    }

    @Test
    void withDropoutTheVocabularyHasWhatDropoutMakes() {
        var codec = TextCodecs.of(config("'tokenizer': {'type': 'bpe', 'merges': 30, 'dropout': 0.3}")).source();
        for (long key = 0; key < 100; key++)
            assertTrue(
                    Arrays.stream(codec.encode("Das neue house is .", 0.3, key)).allMatch(id -> id > Vocabulary.END));
    }

    @Test
    void rawBpeSpellsWhatItHasNeverSeen() {
        var codec = TextCodecs.of(config("'tokenizer': {'type': 'rawBpe', 'merges': 30}")).source();
        assertEquals(" Das  Hühnchen\t😀 ", codec.decode(codec.encode(" Das  Hühnchen\t😀 ")));
    }

    /// The README of these files: 8,000 joint merges, a joint vocabulary of 7,885 + 4, 410,249 + 404,677 subwords.
    @Test
    void multi30kHasTheVocabularyOfTheReference() {
        var train = SharedFiles.require("data/multi30k-tok");
        var codec = TextCodecs.of(Config.parse("""
                {"data": {"train": [{"source": "%1$s/train.de", "target": "%1$s/train.en"}],
                          "tokenizer": {"type": "bpe", "merges": 8000}}}""".formatted(train), "test").data()).source();
        assertEquals(7889, codec.vocabulary().size());
        long subwords = 0;
        for (var line : new Lines(List.of(train.resolve("train.de"), train.resolve("train.en"))))
            subwords += codec.encode(line).length;
        assertEquals(410_249 + 404_677, subwords);
    }
}
