package nmt4j.text;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import nmt4j.Failure;

/// The subwords of one side and their ids. Ids 0 to 3 are [#UNKNOWN], [#PADDING], [#START], [#END]; they are no text: a
/// subword that is spelled like one of them (`</s>`) has an entry of its own, or none.
public final class Vocabulary {
    public static final int UNKNOWN = 0;
    public static final int PADDING = 1;
    public static final int START = 2;
    public static final int END = 3;

    /// How the ids 0 to 3 are written.
    public static final List<String> SPECIALS = List.of("<unk>", "<pad>", "<s>", "</s>");

    private final List<String> tokens;
    private final Map<String, Integer> ids;

    private Vocabulary(List<String> tokens) {
        this.tokens = List.copyOf(tokens);
        ids = HashMap.newHashMap(tokens.size());
        for (int id = SPECIALS.size(); id < tokens.size(); id++) {
            var earlier = ids.put(tokens.get(id), id);
            if (earlier != null)
                throw new IllegalArgumentException(
                        "'" + CodesFile.shortened(tokens.get(id)) + "' has two ids, " + earlier + " and " + id);
        }
    }

    /// A vocabulary from all its entries in the order of their ids, the four special ones first, as [#tokens()] gives
    /// them.
    ///
    /// @throws IllegalArgumentException if they do not start so, or one stands twice
    public static Vocabulary of(List<String> tokens) {
        if (tokens.size() < SPECIALS.size() || !tokens.subList(0, SPECIALS.size()).equals(SPECIALS))
            throw new IllegalArgumentException("a vocabulary starts with " + SPECIALS);
        return new Vocabulary(tokens);
    }

    /// Reads a list of subwords, one a line, in the order of their ids. A space and a count may follow the subword
    /// (subword-nmt's vocabularies, fairseq's dictionaries); counts are checked, but not kept. If the first four lines
    /// are the special entries, in any order (JoeyNMT's vocabularies, ours), they stand for the ids 0 to 3; if not,
    /// those come on top, and all lines are text, also one that is spelled like a special entry.
    ///
    /// @throws Failure with file and line for an empty line, a subword that stands twice, a count that is none, or
    ///                 invalid UTF-8
    public static Vocabulary read(Path file) {
        var entries = new ArrayList<String>();
        var lineOf = new HashMap<String, Long>();
        long specialLines = 0;
        try (var lines = LineReader.strict(file)) {
            while (lines.advance()) {
                var token = entry(lines.line(), file, lines.number());
                var earlier = lineOf.put(token, lines.number());
                if (earlier != null)
                    throw Failure.mistake(file + ": line " + lines.number() + ": '" + CodesFile.shortened(token)
                            + "' stands in line " + earlier + " already");
                if (entries.size() == CodesFile.MOST_LINES)
                    throw Failure.mistake(
                            String.format(Locale.ROOT, "%s: more than %,d entries", file, CodesFile.MOST_LINES));
                entries.add(token);
                if (lines.number() == SPECIALS.size() && entries.containsAll(SPECIALS)) {
                    specialLines = lines.number();
                    lineOf.clear();
                }
            }
        }
        var tokens = new ArrayList<>(SPECIALS);
        tokens.addAll(entries.subList((int) specialLines, entries.size()));
        return new Vocabulary(tokens);
    }

    private static String entry(String line, Path file, long number) {
        if (line.isEmpty())
            throw Failure.mistake(file + ": line " + number + ": empty, expected a subword");
        int space = line.indexOf(' ');
        if (space < 0)
            return line;
        if (space == 0 || !line.substring(space + 1).matches("[0-9]{1,18}"))
            throw Failure.mistake(file + ": line " + number + ": expected a subword, or a subword and its count, got '"
                    + CodesFile.shortened(line) + "'");
        return line.substring(0, space);
    }

    /// All entries, one a line, as [#read(Path)] reads them.
    public String lines() {
        return String.join("\n", tokens) + "\n";
    }

    /// The number of ids, the four special ones included.
    public int size() {
        return tokens.size();
    }

    /// The id of a subword of a text, or [#UNKNOWN]; never a special id for text that is spelled like one.
    public int id(String subword) {
        return ids.getOrDefault(subword, UNKNOWN);
    }

    public boolean contains(String subword) {
        return ids.containsKey(subword);
    }

    /// How the entry of this id is written.
    public String token(int id) {
        return tokens.get(id);
    }

    /// All entries in the order of their ids.
    public List<String> tokens() {
        return tokens;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Vocabulary vocabulary && vocabulary.tokens.equals(tokens);
    }

    @Override
    public int hashCode() {
        return tokens.hashCode();
    }

    @Override
    public String toString() {
        return "Vocabulary of " + tokens.size();
    }
}
