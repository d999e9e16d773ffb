package nmt4j.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import nmt4j.cli.RandomModel;
import nmt4j.model.SafeTensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files that someone has made to do harm: one clear message each, soon. For headers of models see SafeTensorsTest.
class HostileFilesTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "nmt4j  | 2                | written in version 2 of the model format; this program reads version 1",
            "config | null             | config: expected an object in { }",
            "config | {                | config: line 1, column 2: not JSON: Unexpected end-of-input",
            "config | {\"model\": {\"type\": \"transformer\", \"modelSize\": 9e99}} | expected a whole number of at least 1",
            "config | {\"decoding\": {\"beamSize\": 2147483647}} | decoding.beamSize: 2147483647; expected a whole number",
            "source | null             | source: expected an object in { }",
            "source | []               | source: expected an object in { }",
            "source | {\"vocabulary\": []} | source: needs tokenizer, vocabulary and lowercase",
            "source | {\"vocabulary\": [1]} | source: vocabulary: expected texts in [ ]",
            "source | {\"tokenizer\": {\"kind\": \"word\"}} | source: unknown key kind",
            "source | {\"tokenizer\": {\"type\": \"word\", \"merges\": [], \"alphabet\": []}, \"vocabulary\": [\"<unk>\", \"<pad>\", \"<s>\", \"</s>\"], \"lowercase\": false} [] | source: text after its end",
            "source | {\"tokenizer\": {\"type\": null, \"merges\": [], \"alphabet\": []}, \"vocabulary\": [], \"lowercase\": false} | source: tokenizer: needs type, merges and alphabet",
            "source | {\"tokenizer\": {\"type\": \"x\", \"merges\": [], \"alphabet\": []}, \"vocabulary\": [], \"lowercase\": false} | unknown type 'x' (word, char, bpe, rawBpe)",
            "source | {\"tokenizer\": {\"type\": \"bpe\", \"merges\": [\"a\"], \"alphabet\": []}, \"vocabulary\": [], \"lowercase\": false} | merge 1: expected two symbols separated by a space, got 'a'",
            "source | {\"tokenizer\": {\"type\": \"word\", \"merges\": [], \"alphabet\": []}, \"vocabulary\": [\"../../etc\"], \"lowercase\": false} | a vocabulary starts with [<unk>, <pad>, <s>, </s>]",
            "source | {\"tokenizer\": {\"type\": \"word\", \"merges\": [], \"alphabet\": []}, \"vocabulary\": [\"<unk>\", \"<pad>\", \"<s>\", \"</s>\", \"\\u001b[2J\", \"\\u001b[2J\"], \"lowercase\": false} | '\\u001b[2J' has two ids, 4 and 5",
            "source | {\"tokenizer\": {\"type\": \"word\", \"merges\": [], \"alphabet\": []}, \"vocabulary\": [\"<unk>\", \"<pad>\", \"<s>\", \"</s>\", \"a\"], \"lowercase\": false} | model.tiedEmbeddings: all, but vocabularies of 5 and 260",
    })
    void metadataOfAModelAreCheckedOneByOne(String key, String value, String message) throws IOException {
        var model = withMetadata(key, value);
        assertRefused(List.of("translate", model.toString()), message);
    }

    @Test
    void metadataAreBoundedInDepthAndSize() throws IOException {
        assertRefused(List.of("translate", withMetadata("config", "[".repeat(100_000)).toString()),
                "config: deeper than 32 levels");
        assertRefused(List.of("translate", withMetadata("config", "[1,".repeat(1 << 20)).toString()),
                "config: over 1 MB");
        assertRefused(List.of("translate", withMetadata("source", "[".repeat(100_000)).toString()), "source: ");
    }

    @Test
    void aConfigOfAHundredThousandMistakesTellsSomeOfThemSoon() throws IOException {
        var unknown = new StringBuilder("{");
        for (int i = 0; i < 90_000; i++) unknown.append("\"k").append(i).append("\":0,");
        assertRefused(List.of("config", config(unknown.append("\"x\":1}").toString())), "more");
        assertRefused(List.of("config", config("{\"data\":{\"train\":[" + "{},".repeat(300_000) + "{}]}}")),
                "data.train[24].target: missing");
        assertRefused(List.of("config", config("{\"training\":{\"freeze\":[" + "1,".repeat(300_000) + "1]}}")),
                "training.freeze[48]: 1; expected");
        assertRefused(List.of("config", config(" ".repeat(2 << 20))), "over 1 MB; a config is a small JSON file");
        assertRefused(List.of("config", config("{\"data\": " + "[".repeat(100_000))), "deeper than 32 levels");
    }

    @Test
    void aBombOfGzipIsRefused() throws IOException {
        var codes = packed("codes", "#version: 0.2\n", "a b\n".repeat(1 << 16), 31);
        assertRefused(tokenize("\"codes\": \"" + codes + "\""), codes + ": more than 2,000,000 merges");
    }

    private Path packed(String name, String head, String part, int times) throws IOException {
        var file = folder.resolve(name);
        try (var gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
            gzip.write(head.getBytes(UTF_8));
            var bytes = part.getBytes(UTF_8);
            for (int i = 0; i < times; i++) gzip.write(bytes);
        }
        return file;
    }

    private List<String> tokenize(String tokenizer) throws IOException {
        var corpus = Files.writeString(folder.resolve("corpus"), "a b\n");
        return List.of("tokenize", config("""
                {"data": {"train": [{"source": "%1$s", "target": "%1$s"}], "tokenizer": {"type": "bpe", %2$s}}}"""
                .formatted(corpus, tokenizer)), "--side", "source");
    }

    private String config(String json) throws IOException {
        return Files.writeString(folder.resolve("hostile.json"), json).toString();
    }

    /// A good model but for this entry.
    private Path withMetadata(String key, String value) throws IOException {
        var good = RandomModel.write(folder.resolve("good.safetensors"), RandomModel.TRANSFORMER, 3);
        var file = folder.resolve("hostile.safetensors");
        try (var model = SafeTensors.open(good)) {
            var metadata = new HashMap<>(model.metadata());
            metadata.put(key, value);
            var tensors = new ArrayList<SafeTensors.Source>();
            model.tensors().values().forEach(tensor -> tensors.add(
                    new SafeTensors.Source(tensor.name(), tensor.type(), tensor.shape(),
                            () -> model.data(tensor.name()))));
            SafeTensors.write(file, metadata, tensors);
        }
        return file;
    }

    private static void assertRefused(List<String> arguments, String message) {
        var verdict = assertTimeout(SOON, () -> Fuzzing.inside(new Attempt(arguments, new byte[0])));
        assertEquals(2, verdict.code(), verdict.err());
        assertTrue(verdict.err().contains(message), verdict.err());
        assertTrue(verdict.err().lines().allMatch(line -> line.startsWith("nmt: ")), verdict.err());
    }
}
