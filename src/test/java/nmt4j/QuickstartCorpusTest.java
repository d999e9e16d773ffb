package nmt4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nmt4j.evaluation.Bleu;
import nmt4j.evaluation.BleuTokenizer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What the corpus in `data/quickstart` promises.
class QuickstartCorpusTest {
    private static final Path FOLDER = Path.of("data/quickstart");

    private static List<String> lines(String file) throws IOException {
        return Files.readAllLines(FOLDER.resolve(file));
    }

    private static List<String> words(String line) {
        return List.of(line.split(" "));
    }

    @Test
    void holdsOutOneThousandSentencesTwice() throws IOException {
        for (var side : List.of(".de", ".en")) {
            assertEquals(20_000, lines("train" + side).size());
            assertEquals(1_000, lines("valid" + side).size());
            assertEquals(1_000, lines("test" + side).size());
        }
        assertEquals(1_000, lines("test.align").size());
        assertEquals(1_000, lines("test.phenomena").size());
    }

    @Test
    void saysNoSourceSentenceTwice() throws IOException {
        var seen = new HashSet<String>();
        for (var set : List.of("train.de", "valid.de", "test.de"))
            for (var line : lines(set))
                assertTrue(seen.add(line), line);
    }

    @Test
    void holdsOutOneLongSentenceInFive() throws IOException {
        for (var file : List.of("valid.de", "test.de"))
            assertTrue(lines(file).stream().filter(line -> words(line).size() > 20).count() >= 200, file);
    }

    @Test
    void staysUnderFiveMegabytes() throws IOException {
        try (var files = Files.list(FOLDER)) {
            assertTrue(files.mapToLong(file -> file.toFile().length()).sum() < 5_000_000);
        }
    }

    /// Names are the only words that are the same on both sides, begin in upper case and are new in the test set.
    @Test
    void namesOfTheTestSetAreNewAndAreCopied() throws IOException {
        var known = lines("train.de").stream().flatMap(line -> words(line).stream()).collect(Collectors.toSet());
        var english = lines("test.en");
        var german = lines("test.de");
        var phenomena = lines("test.phenomena");
        for (int i = 0; i < german.size(); i++) {
            var translation = words(english.get(i));
            var isCopied =
                    words(german.get(i)).stream().anyMatch(word -> !known.contains(word) && translation.contains(word));
            assertEquals(words(phenomena.get(i)).contains("name"), isCopied, german.get(i));
        }
    }

    @Test
    void goldLinksTieWordsOfBothSides() throws IOException {
        var german = lines("test.de");
        var english = lines("test.en");
        var links = lines("test.align");
        for (int i = 0; i < links.size(); i++)
            for (var link : words(links.get(i))) {
                var ends = link.split("-");
                assertTrue(Integer.parseInt(ends[0]) < words(german.get(i)).size(), links.get(i));
                assertTrue(Integer.parseInt(ends[1]) < words(english.get(i)).size(), links.get(i));
            }
    }

    /// Even a dictionary made of the test set's own gold links does not translate it.
    @Test
    void isNotTranslatedWordForWord() throws IOException {
        var german = lines("test.de");
        var english = lines("test.en");
        var dictionary = dictionary(german, english, lines("test.align"));
        var glossed = german.stream().map(line -> words(line).stream().map(word -> dictionary.getOrDefault(word, word))
                .collect(Collectors.joining(" "))).toList();
        var bleu = Bleu.standard().tokenizedBy(BleuTokenizer.NONE).score(glossed, List.of(english)).score();
        assertTrue(bleu < 30, () -> "word-for-word BLEU is " + bleu);
    }

    /// Each word's most frequent gold link.
    private static Map<String, String> dictionary(List<String> german, List<String> english, List<String> links) {
        var counts = new HashMap<String, Map<String, Integer>>();
        for (int i = 0; i < links.size(); i++)
            for (var link : words(links.get(i))) {
                var ends = Stream.of(link.split("-")).mapToInt(Integer::parseInt).toArray();
                counts.computeIfAbsent(words(german.get(i)).get(ends[0]), _ -> new TreeMap<>())
                        .merge(words(english.get(i)).get(ends[1]), 1, Integer::sum);
            }
        var dictionary = new HashMap<String, String>();
        counts.forEach((word, linked) -> dictionary.put(word,
                Collections.max(linked.entrySet(), Map.Entry.comparingByValue()).getKey()));
        return dictionary;
    }

    @Test
    @Tag("slow")
    void theGrammarWritesTheseFiles() throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        assertEquals(0, new ProcessBuilder(java, FOLDER.resolve("Grammar.java").toString(), "--check").inheritIO()
                .start().waitFor());
    }
}
