package nmt4j.lexicon;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import nmt4j.Failure;
import nmt4j.text.Vocabulary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShortlistFileTest {
    private static final Vocabulary GERMAN = vocabulary("das", "Haus", "Bu@@", "▁");
    private static final Vocabulary ENGLISH = vocabulary("the", "house", "book", "\t", "\u2028");
    private static final Shortlist SHORTLIST = new Shortlist(9, new int[] {0, 4, 7}, List.of(new int[] {5}, new int[0],
            new int[0], new int[0], new int[] {4, 8}, new int[] {5}, new int[0], new int[] {6, 4, 5}));

    @TempDir
    private Path folder;

    private static Vocabulary vocabulary(String... words) {
        var tokens = new ArrayList<>(Vocabulary.SPECIALS);
        tokens.addAll(List.of(words));
        return Vocabulary.of(tokens);
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        var read = read(ShortlistFile.write(SHORTLIST, GERMAN, ENGLISH));
        assertEquals(9, read.targetSize());
        assertArrayEquals(new int[] {4, 7}, read.frequent()); // <unk> is there anyway
        for (int f = 0; f < 8; f++) assertArrayEquals(SHORTLIST.likely().get(f), read.likely().get(f));
    }

    @Test
    void whatIsNoShortlistOfTheModelIsRefused() {
        var text = ShortlistFile.write(SHORTLIST, GERMAN, ENGLISH);
        assertMistake("line 1: expected what \"nmt shortlist\" writes", "");
        assertMistake("line 1: expected", "PK\u0003\u0004");
        assertMistake("line 1: expected frequent", text.substring(0, text.indexOf('\n') + 1));
        assertMistake("line 2: 'cat' is no target subword", text.replaceFirst("\nthe", "\ncat"));
        assertMistake("line 2: '<unk>' is no target subword", text.replaceFirst("\nthe", "\n<unk>"));
        assertMistake("line 3: 'das', expected <unk>", text.replaceFirst("\n<unk>[^\n]*", ""));
        assertMistake("line 5: 'das' stands there already", text.replaceFirst("\nHaus", "\ndas"));
        assertMistake("line 4: 'der' is no source subword of the model", text.replaceFirst("\ndas", "\nder"));
        assertMistake("line 6: the source subword '▁' is missing", text.replaceFirst("\n▁[^\n]*", ""));
        assertMistake("line 4: '' is no target subword", text.replaceFirst("\ndas", "\ndas "));
        assertMistake("line 4: '" + "x".repeat(20) + "…' is no source",
                text.replaceFirst("\ndas", "\n" + "x".repeat(999)));
    }

    private void assertMistake(String expected, String text) {
        var failure = assertThrows(Failure.class, () -> read(text));
        assertEquals(Failure.Kind.MISTAKE, failure.kind());
        assertTrue(failure.getMessage().contains(expected), failure.getMessage());
    }

    private Shortlist read(String text) throws IOException {
        return ShortlistFile.read(Files.writeString(folder.resolve("list"), text), GERMAN, ENGLISH);
    }
}
