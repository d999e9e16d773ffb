package nmt4j.lexicon;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import nmt4j.Failure;
import nmt4j.text.LineReader;
import nmt4j.text.Vocabulary;

/// A shortlist as text: a line that says what it is, a line of frequent target subwords, and a line for each source subword
/// (the first for unknown words) with the target subwords that it may become; blanks between. Entries that a vocabulary has
/// besides text, such as `</s>`, are not written.
public final class ShortlistFile {
    private static final String HEAD = "#nmt4j shortlist 1: frequent target subwords; <unk> and each source subword "
            + "with those it may become";
    private static final String UNKNOWN = Vocabulary.SPECIALS.get(Vocabulary.UNKNOWN);

    private ShortlistFile() {}

    public static String write(Shortlist shortlist, Vocabulary source, Vocabulary target) {
        var out = new StringBuilder(HEAD).append('\n');
        out.append(words(shortlist.frequent(), target)).append('\n');
        out.append(line(UNKNOWN, shortlist.likely().get(Vocabulary.UNKNOWN), target)).append('\n');
        for (int f = Vocabulary.SPECIALS.size(); f < source.size(); f++)
            out.append(line(source.token(f), shortlist.likely().get(f), target)).append('\n');
        return out.toString();
    }

    private static String line(String head, int[] ids, Vocabulary target) {
        var words = words(ids, target);
        return words.isEmpty() ? head : head + ' ' + words;
    }

    private static String words(int[] ids, Vocabulary target) {
        return String.join(" ", Arrays.stream(ids).filter(id -> id >= Vocabulary.SPECIALS.size())
                .mapToObj(target::token).toList());
    }

    /// @throws Failure  with file and line if it is none, or one for other vocabularies
    public static Shortlist read(Path file, Vocabulary source, Vocabulary target) {
        try (var lines = LineReader.strict(file)) {
            if (!lines.advance() || !lines.line().equals(HEAD))
                throw Failure.mistake(file + ": line 1: expected what \"nmt shortlist\" writes: '" + HEAD + "'");
            var reading = new Reading(file, lines, source, target);
            return new Shortlist(target.size(), reading.frequent(), reading.likely());
        }
    }

    private record Reading(Path file, LineReader lines, Vocabulary source, Vocabulary target) {
        int[] frequent() {
            if (!lines.advance()) throw mistake("expected frequent target subwords, got the end of the file");
            return ids(lines.line().isEmpty() ? List.of() : Arrays.asList(lines.line().split(" ", -1)));
        }

        List<int[]> likely() {
            var likely = new ArrayList<int[]>(Collections.nCopies(source.size(), null));
            while (lines.advance()) {
                var words = Arrays.asList(lines.line().split(" ", -1));
                int f = sourceId(words.getFirst());
                if (likely.get(f) != null) throw mistake("'" + shortened(words.getFirst()) + "' stands there already");
                likely.set(f, ids(words.subList(1, words.size())));
            }
            for (int f = Vocabulary.SPECIALS.size(); f < source.size(); f++)
                if (likely.get(f) == null) throw mistake("the source subword '" + source.token(f) + "' is missing");
            likely.replaceAll(ids -> ids == null ? new int[0] : ids);
            return likely;
        }

        private int sourceId(String word) {
            if (lines.number() == 3) {
                if (word.equals(UNKNOWN)) return Vocabulary.UNKNOWN;
                throw mistake("'" + shortened(word) + "', expected " + UNKNOWN);
            }
            return known(word, source, "source");
        }

        private int[] ids(List<String> words) {
            return words.stream().mapToInt(word -> known(word, target, "target")).toArray();
        }

        private int known(String word, Vocabulary vocabulary, String side) {
            if (vocabulary.contains(word)) return vocabulary.id(word);
            throw mistake("'" + shortened(word) + "' is no " + side + " subword of the model; is the shortlist another "
                    + "model's?");
        }

        private Failure mistake(String what) {
            return Failure.mistake(file + ": line " + lines.number() + ": " + what);
        }

        private static String shortened(String word) {
            return word.length() <= 40 ? word : word.substring(0, word.offsetByCodePoints(0, 20)) + "…";
        }
    }
}
