package nmt4j.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import nmt4j.Failure;

/// Byte pair encoding of raw text: no tokenizer before it, no unknown characters, nothing lost.
///
/// The law: `decode(encode(line))` equals `line` for every line that UTF-8 can write (no lone surrogates, no LF).
///
/// A space is written `▁` (U+2581) and belongs to what follows it; the line is read as if it began with a space, so
/// that its first word is the same subword as elsewhere, and decoding takes one space at the start away. Merges do not
/// cross [RawPieces]. A character that was rare in the training text, a control character, and U+2581 itself are
/// written as the bytes of their UTF-8, `<0x00>` to `<0xFF>` without `<0x0A>`. Such a subword can not come from a text
/// that holds `<0x41>`, since letters, digits and punctuation are different pieces.
public final class RawBpeTokenizer implements Tokenizer {
    private static final String VERSION = "#nmt4j rawBpe 1";
    private static final String SPACE = "▁";
    private static final List<String> BYTES = byteSubwords();
    private static final Set<String> BYTE_SET = Set.copyOf(BYTES);

    private final Merges merges;
    private final List<String> characters;
    private final Set<String> known;
    private final Segmentation segmentation = new Segmentation(line -> RawPieces.of(spaced(line)), this::cut);

    /// @param merges      in order, each `left right`
    /// @param characters  those that are not spelled as bytes
    /// @throws IllegalArgumentException if a merge is not two symbols
    public RawBpeTokenizer(List<String> merges, List<String> characters) {
        this.merges = new Merges(merges);
        this.characters = List.copyOf(characters);
        this.known = Set.copyOf(characters);
    }

    private static List<String> byteSubwords() {
        var bytes = new ArrayList<String>();
        for (int b = 0; b < 256; b++)
            if (b != '\n')
                bytes.add(String.format(Locale.ROOT, "<0x%02X>", b));
        return List.copyOf(bytes);
    }

    /// Reads a file of [#codes()].
    ///
    /// @throws Failure with file and line if the file is something else
    public static RawBpeTokenizer read(Path codes) {
        var lines = CodesFile.read(codes, VERSION, 1);
        return new RawBpeTokenizer(lines.subList(1, lines.size()), characters(lines.getFirst(), codes));
    }

    /// @throws Failure unless they are characters that [RawAlphabet] may choose, each once, with spaces between
    private static List<String> characters(String line, Path codes) {
        if (line.isEmpty())
            return List.of();
        var characters = new LinkedHashSet<String>();
        for (var character : line.split(" ", -1)) {
            boolean isOne = character.codePointCount(0, character.length()) == 1;
            if (!isOne || !RawAlphabet.canBeSubword(character.codePointAt(0)) || !characters.add(character))
                throw Failure.mistake(codes + ": line 2: '" + CodesFile.shortened(character)
                        + "', expected characters of text, each once, separated by spaces");
        }
        return List.copyOf(characters);
    }

    /// What [#read(Path)] reads: a first line that says what the file is, a line with all characters, and the merges.
    public String codes() {
        var lines = new ArrayList<String>();
        lines.add(String.join(" ", characters));
        lines.addAll(merges.lines());
        return CodesFile.lines(VERSION, lines);
    }

    /// Learns the characters and at most `merges` merges of raw lines.
    public static RawBpeTokenizer learn(Iterable<String> lines, int merges) {
        var counts = new TokenCounts();
        for (var line : lines)
            for (var piece : RawPieces.of(spaced(line)))
                counts.add(piece);
        var characters = RawAlphabet.of(counts);
        var known = new HashSet<>(characters);
        var learner = new BpeLearner();
        for (var entry : counts.entries())
            for (var run : runsOfKnown(entry.token(), known))
                learner.add(run, entry.count());
        return new RawBpeTokenizer(learner.learn(merges), characters);
    }

    /// The parts of a piece that merges can be learnt from: without white space (but the spaces) and what is written as
    /// bytes.
    private static List<List<String>> runsOfKnown(String piece, Set<String> known) {
        var runs = new ArrayList<List<String>>();
        var run = new ArrayList<String>();
        for (int i = 0, to; i < piece.length(); i = to) {
            to = piece.offsetByCodePoints(i, 1);
            var character = piece.substring(i, to);
            if (character.equals(" ") || known.contains(character) && !Whitespace.isBlank(character)) {
                run.add(character.equals(" ") ? SPACE : character);
            } else {
                runs.add(run);
                run = new ArrayList<>();
            }
        }
        runs.add(run);
        return runs;
    }

    private static String spaced(String line) {
        return line.isEmpty() ? line : " " + line;
    }

    @Override
    public List<String> encode(String line) {
        return segmentation.of(line);
    }

    @Override
    public List<String> encode(String line, double dropout, long key) {
        return segmentation.of(line, dropout, key);
    }

    private List<String> cut(String piece, Noise dropout) {
        int length = piece.codePointCount(0, piece.length());
        int[] symbols = new int[length];
        int[] starts = new int[length + 1];
        for (int i = 0; i < length; i++) {
            starts[i + 1] = piece.offsetByCodePoints(starts[i], 1);
            var character = piece.substring(starts[i], starts[i + 1]);
            symbols[i] = merges.symbol(character.equals(" ") ? SPACE : known.contains(character) ? character : "");
        }
        int[] next = merges.apply(symbols, dropout);
        var subwords = new ArrayList<String>();
        for (int i = 0; i < length; i = next[i]) {
            var text = piece.substring(starts[i], starts[next[i]]);
            if (next[i] > i + 1 || text.equals(" ") || known.contains(text))
                subwords.add(text.replace(" ", SPACE));
            else
                subwords.addAll(bytes(text));
        }
        return subwords;
    }

    private static List<String> bytes(String character) {
        var subwords = new ArrayList<String>();
        for (byte b : character.getBytes(StandardCharsets.UTF_8))
            subwords.add(BYTES.get((b & 0xFF) > '\n' ? (b & 0xFF) - 1 : b & 0xFF));
        return subwords;
    }

    /// The two sides of a merge, or the bytes of a character; so a vocabulary that has all bytes can spell everything.
    @Override
    public List<String> parts(String subword) {
        if (BYTE_SET.contains(subword))
            return List.of();
        var maker = merges.maker(subword);
        if (maker.isPresent())
            return List.of(maker.get().left(), maker.get().right());
        return bytes(subword.replace(SPACE, " "));
    }

    /// All bytes, then the characters.
    @Override
    public List<String> alphabet() {
        var alphabet = new ArrayList<>(BYTES);
        alphabet.add(SPACE);
        alphabet.addAll(characters);
        return alphabet;
    }

    /// Bytes that are not UTF-8 become U+FFFD.
    @Override
    public String decode(List<String> subwords) {
        var line = new StringBuilder();
        var bytes = new ByteArrayOutputStream();
        for (var subword : subwords) {
            if (BYTE_SET.contains(subword)) {
                bytes.write(Integer.parseInt(subword, 3, 5, 16));
                continue;
            }
            line.append(bytes.toString(StandardCharsets.UTF_8)).append(subword.replace(SPACE, " "));
            bytes.reset();
        }
        line.append(bytes.toString(StandardCharsets.UTF_8));
        return line.substring(!line.isEmpty() && line.charAt(0) == ' ' ? 1 : 0);
    }

    @Override
    public TokenizerDescription description() {
        return new TokenizerDescription("rawBpe", merges.lines(), characters);
    }
}
