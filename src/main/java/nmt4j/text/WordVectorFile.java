package nmt4j.text;

import java.nio.file.Path;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import nmt4j.Failure;

/// Word vectors in word2vec's text format: the number of words and the size of their vectors in the first line, then a line
/// a word, which is the word and its numbers, with spaces between.
public final class WordVectorFile {
    private static final Pattern HEAD = Pattern.compile("(\\d{1,12}) (\\d{1,9}) *");

    private final LineReader lines;
    private final Path file;
    private final int size;

    private WordVectorFile(LineReader lines, Path file, int size) {
        this.lines = lines;
        this.file = file;
        this.size = size;
    }

    /// Reads a file, plain or gzip.
    ///
    /// @param size    of the vectors
    /// @param wanted  words whose vectors are read; of the others it is only checked that they have one
    /// @param found   takes words and vectors, in the order of the file
    /// @return        the number of words in the file
    /// @throws Failure  with file and line for what is not this format, or of another size
    public static long read(Path file, int size, Predicate<String> wanted, BiConsumer<String, float[]> found) {
        try (var lines = LineReader.strict(file)) {
            return new WordVectorFile(lines, file, size).read(wanted, found);
        }
    }

    private long read(Predicate<String> wanted, BiConsumer<String, float[]> found) {
        long words = head();
        while (lines.advance()) {
            if (lines.number() > words + 1) throw wrong("a word more than the " + words + " of line 1");
            var line = lines.line();
            int space = line.indexOf(' ');
            if (space <= 0)
                throw wrong("'" + CodesFile.shortened(line) + "', expected a word and " + size + " numbers");
            var word = line.substring(0, space);
            var numbers = line.substring(space + 1).stripTrailing();
            requireCount(numbers);
            if (wanted.test(word)) found.accept(word, vector(numbers));
        }
        if (lines.number() < words + 1)
            throw Failure.mistake(file + ": " + (lines.number() - 1) + " words, but line 1 says " + words);
        return words;
    }

    private long head() {
        if (!lines.advance()) throw Failure.mistake(file + ": empty, expected word vectors in word2vec's text format");
        var head = HEAD.matcher(lines.line());
        if (!head.matches()) throw wrong("'" + CodesFile.shortened(lines.line()) + "', expected the number of words and"
                + " the size of their vectors (word2vec's text format)");
        if (Integer.parseInt(head.group(2)) != size)
            throw wrong("vectors of " + Integer.parseInt(head.group(2)) + " numbers, expected " + size
                    + ", the size of the model's");
        return Long.parseLong(head.group(1));
    }

    private void requireCount(String numbers) {
        int count = numbers.isEmpty() ? 0 : 1;
        for (int i = 0; i < numbers.length(); i++) if (numbers.charAt(i) == ' ') count++;
        if (count != size) throw wrong(count + " numbers behind the word, expected " + size);
    }

    private float[] vector(String numbers) {
        var vector = new float[size];
        int from = 0;
        for (int i = 0; i < size; i++) {
            int to = numbers.indexOf(' ', from);
            vector[i] = number(numbers.substring(from, to < 0 ? numbers.length() : to));
            from = to + 1;
        }
        return vector;
    }

    private float number(String text) {
        try {
            float number = Float.parseFloat(text);
            if (Float.isFinite(number)) return number;
        } catch (NumberFormatException _) {
            // said below
        }
        throw wrong("'" + CodesFile.shortened(text) + "', expected a finite number");
    }

    private Failure wrong(String what) {
        return Failure.mistake(file + ": line " + lines.number() + ": " + what);
    }
}
