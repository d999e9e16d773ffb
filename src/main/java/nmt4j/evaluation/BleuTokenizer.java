package nmt4j.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import nmt4j.text.Whitespace;

/// How BLEU cuts a line into words: sacreBLEU's tokenisers that need no outside model, under its names.
public enum BleuTokenizer {
    /// `mteval-v13a.pl`, the usual one.
    V13A("13a"),
    /// `mteval-v14.pl --international-tokenization`.
    INTL("intl"),
    /// Each Chinese character alone, the rest as 13a.
    ZH("zh"),
    /// Each character alone.
    CHAR("char"),
    /// White space only: the text is tokenised already.
    NONE("none");

    private final String label;

    BleuTokenizer(String label) {
        this.label = label;
    }

    /// sacreBLEU's name of it, as signatures have it.
    public String label() {
        return label;
    }

    public static Optional<BleuTokenizer> named(String label) {
        return Arrays.stream(values()).filter(tokenizer -> tokenizer.label.equals(label)).findFirst();
    }

    /// The words of `line`.
    public List<String> tokenize(String line) {
        return switch (this) {
            case V13A -> Whitespace.split(Mteval.western(' ' + unwrapped(line) + ' '));
            case INTL -> Whitespace.split(Mteval.international(line));
            case ZH -> Whitespace.split(
                    Mteval.western(Spacing.around(Whitespace.strip(line), BleuTokenizer::isChinese)));
            case CHAR -> characters(line);
            case NONE -> Whitespace.split(line);
        };
    }

    private static String unwrapped(String line) {
        return Mteval.resolveEntities(line.replace("<skipped>", "").replace("-\n", "").replace('\n', ' '));
    }

    private static List<String> characters(String line) {
        var characters = new ArrayList<String>(line.length());
        line.codePoints().filter(c -> !Whitespace.is(c)).forEach(c -> characters.add(Character.toString(c)));
        return characters;
    }

    /// The ranges of sacreBLEU's list, whose planes 2 entries (written with four hexadecimal digits in the original) in
    /// effect cover U+2001 to U+2A6D instead.
    private static boolean isChinese(int c) {
        return c >= 0x2001 && c <= 0x2a6d
                || c >= 0x2e80 && c <= 0x2fdf
                || c >= 0x2ff0 && c <= 0x303f
                || c >= 0x3100 && c <= 0x312f
                || c >= 0x31a0 && c <= 0x31bf
                || c >= 0x31c0 && c <= 0x31ef
                || c >= 0x3200 && c <= 0x4db5
                || c >= 0x4e00 && c <= 0x9fbb
                || c >= 0xf900 && c <= 0xfa2d
                || c >= 0xfa30 && c <= 0xfa6a
                || c >= 0xfa70 && c <= 0xfad9
                || c >= 0xfe10 && c <= 0xfe1f
                || c >= 0xfe30 && c <= 0xfe4f
                || c >= 0xff00 && c <= 0xffef;
    }
}
