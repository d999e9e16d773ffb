package nmt4j.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// One side's way between lines and ids.
///
/// A subword that the vocabulary has not is taken apart as far as its merges allow (as `subword-nmt apply-bpe
/// --vocabulary` does) before what is left becomes unknown. With `rawBpe` nothing ever does.
///
/// @param lowercase  whether lines are lower-cased first (Unicode's full mapping, no language's rules)
public record TextCodec(Tokenizer tokenizer, Vocabulary vocabulary, boolean lowercase) {
    /// Whether every line becomes the same ids.
    public boolean readsAs(TextCodec other) {
        return vocabulary.equals(other.vocabulary) && lowercase == other.lowercase
                && tokenizer.description().equals(other.tokenizer.description());
    }

    /// The ids of a line, without start and end.
    public int[] encode(String line) {
        return ids(tokenizer.encode(cased(line)));
    }

    /// Whether some of a line's ids are those of no subword that the vocabulary has.
    public boolean hasUnknown(int[] ids) {
        return Arrays.stream(ids).anyMatch(id -> id == Vocabulary.UNKNOWN);
    }

    /// The same with BPE-dropout; a function of the line and `key`.
    public int[] encode(String line, double dropout, long key) {
        return ids(tokenizer.encode(cased(line), dropout, key));
    }

    /// The subwords whose ids [#encode(String)] gives; unknown ones as they are in the text.
    public List<String> subwords(String line) {
        return known(tokenizer.encode(cased(line)));
    }

    private String cased(String line) {
        return lowercase ? line.toLowerCase(Locale.ROOT) : line;
    }

    private int[] ids(List<String> subwords) {
        var known = known(subwords);
        int[] ids = new int[known.size()];
        for (int i = 0; i < ids.length; i++)
            ids[i] = vocabulary.id(known.get(i));
        return ids;
    }

    private List<String> known(List<String> subwords) {
        var known = new ArrayList<String>(subwords.size());
        for (var subword : subwords)
            addKnown(subword, known);
        return known;
    }

    private void addKnown(String subword, List<String> known) {
        var parts = vocabulary.contains(subword) ? List.<String>of() : tokenizer.parts(subword);
        if (parts.isEmpty())
            known.add(subword);
        for (var part : parts)
            addKnown(part, known);
    }

    /// How the entries of these ids are written.
    public List<String> tokens(int[] ids) {
        var tokens = new ArrayList<String>(ids.length);
        for (int id : ids)
            tokens.add(vocabulary.token(id));
        return tokens;
    }

    /// For each subword the word that it is part of, from 0, of the line that they spell; words are what [Whitespace]
    /// separates. White space itself belongs to the word before it; a word may have no subword, where one holds white space.
    ///
    /// @return  in ascending order
    public int[] words(List<String> subwords) {
        var words = new int[subwords.size()];
        for (int i = 0; i < words.length; i++)
            words[i] = Math.max(0, Whitespace.words(tokenizer.decode(subwords.subList(0, i + 1))) - 1);
        // The first bytes of a character may look like a word before the last one makes them white space.
        for (int i = words.length - 2; i >= 0; i--)
            words[i] = Math.min(words[i], words[i + 1]);
        return words;
    }

    /// The line that these ids spell: padding, start and end are left out, the unknown word is written `<unk>`.
    public String decode(int[] ids) {
        var subwords = new ArrayList<String>(ids.length);
        for (int id : ids)
            if (id != Vocabulary.PADDING && id != Vocabulary.START && id != Vocabulary.END)
                subwords.add(vocabulary.token(id));
        return tokenizer.decode(subwords);
    }
}
