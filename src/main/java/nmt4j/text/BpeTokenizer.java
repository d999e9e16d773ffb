package nmt4j.text;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import nmt4j.Failure;

/// Byte pair encoding of the words of a line (Sennrich, Haddow & Birch 2016), learnt and applied as subword-nmt 0.3.8
/// does it: a subword that is not the last of its word ends in `@@`.
///
/// Words are separated by U+0020 only (and CR, LF); tabs, U+00A0 and the like are characters of a word. Decoding gives
/// the words with one space between them; a word that ends in `@@` itself is glued to the next.
public final class BpeTokenizer implements Tokenizer {
    private static final String VERSION = "#version: 0.2";
    private static final String CONTINUED = "@@";
    private static final String WORD_END = "</w>";

    private final Merges merges;
    private final Segmentation segmentation = new Segmentation(BpeTokenizer::words, this::cut);

    /// @param merges  in order, each `left right`; a symbol at the end of a word ends in `</w>`
    /// @throws IllegalArgumentException if one of them is not two symbols
    public BpeTokenizer(List<String> merges) {
        this.merges = new Merges(merges);
    }

    /// Reads subword-nmt's codes (version 0.2, as `learn-bpe` has written them since 2017).
    ///
    /// @throws Failure with file and line if the file is something else
    public static BpeTokenizer read(Path codes) {
        return new BpeTokenizer(CodesFile.read(codes, VERSION, 0));
    }

    /// What [#read(Path)] reads, in UTF-8 equal to the bytes to the file of `subword-nmt learn-bpe`.
    public String codes() {
        return CodesFile.lines(VERSION, merges.lines());
    }

    /// Learns at most `merges` merges as `subword-nmt learn-bpe --symbols` does; fewer if no pair is left that occurs
    /// twice.
    public static BpeTokenizer learn(Iterable<String> lines, int merges) {
        var counts = new TokenCounts();
        for (var line : lines)
            for (var word : words(line))
                counts.add(word);
        var learner = new BpeLearner();
        for (var entry : counts.entries())
            learner.add(firstSymbols(entry.token()), entry.count());
        return new BpeTokenizer(learner.learn(merges));
    }

    private static List<String> words(String line) {
        var words = new ArrayList<String>();
        int start = 0;
        for (int i = 0; i <= line.length(); i++)
            if (i == line.length() || line.charAt(i) == ' ' || line.charAt(i) == '\r' || line.charAt(i) == '\n') {
                if (i > start)
                    words.add(line.substring(start, i));
                start = i + 1;
            }
        return words;
    }

    private static List<String> firstSymbols(String word) {
        var symbols = new ArrayList<String>(word.length());
        for (int i = 0, to; i < word.length(); i = to) {
            to = word.offsetByCodePoints(i, 1);
            symbols.add(to < word.length() ? word.substring(i, to) : word.substring(i) + WORD_END);
        }
        return symbols;
    }

    @Override
    public List<String> encode(String line) {
        return segmentation.of(line);
    }

    @Override
    public List<String> encode(String line, double dropout, long key) {
        return segmentation.of(line, dropout, key);
    }

    private List<String> cut(String word, Noise dropout) {
        var firstSymbols = firstSymbols(word);
        int[] symbols = new int[firstSymbols.size()];
        int[] starts = new int[symbols.length + 1];
        for (int i = 0; i < symbols.length; i++) {
            symbols[i] = merges.symbol(firstSymbols.get(i));
            starts[i + 1] = word.offsetByCodePoints(starts[i], 1);
        }
        int[] next = merges.apply(symbols, dropout);
        var subwords = new ArrayList<String>();
        for (int i = 0; i < symbols.length; i = next[i]) {
            var subword = word.substring(starts[i], starts[next[i]]);
            subwords.add(next[i] < symbols.length ? subword + CONTINUED : subword);
        }
        return subwords;
    }

    /// As `subword-nmt apply-bpe --vocabulary` reverts a merge.
    @Override
    public List<String> parts(String subword) {
        boolean continued = subword.endsWith(CONTINUED);
        var symbol = continued ? subword.substring(0, subword.length() - CONTINUED.length()) : subword + WORD_END;
        var maker = merges.maker(symbol);
        if (maker.isEmpty())
            return List.of();
        var right = maker.get().right();
        if (continued)
            return List.of(maker.get().left() + CONTINUED, right + CONTINUED);
        if (!right.endsWith(WORD_END) || right.equals(WORD_END))
            return List.of();
        return List.of(maker.get().left() + CONTINUED, right.substring(0, right.length() - WORD_END.length()));
    }

    @Override
    public String decode(List<String> subwords) {
        var line = new StringBuilder();
        for (var subword : subwords)
            if (subword.endsWith(CONTINUED))
                line.append(subword, 0, subword.length() - CONTINUED.length());
            else
                line.append(subword).append(' ');
        if (!line.isEmpty() && line.charAt(line.length() - 1) == ' ')
            line.setLength(line.length() - 1);
        return line.toString();
    }

    @Override
    public TokenizerDescription description() {
        return new TokenizerDescription("bpe", merges.lines(), List.of());
    }
}
