package nmt4j.text;

import java.util.ArrayList;
import java.util.List;

/// One subword for each code point; lossless. What can not stand in a printed list is written with `▁` (U+2581): a
/// space is `▁`, CR `▁r`, LF `▁n`, and U+2581 itself `▁▁`.
public record CharacterTokenizer() implements Tokenizer {
    @Override
    public List<String> encode(String line) {
        var characters = new ArrayList<String>(line.length());
        for (int i = 0, c; i < line.length(); i += Character.charCount(c)) {
            c = line.codePointAt(i);
            characters.add(switch (c) {
                case ' ' -> "▁";
                case '\r' -> "▁r";
                case '\n' -> "▁n";
                case '▁' -> "▁▁";
                default -> Character.toString(c);
            });
        }
        return characters;
    }

    @Override
    public String decode(List<String> subwords) {
        var line = new StringBuilder();
        for (var subword : subwords)
            line.append(switch (subword) {
                case "▁" -> " ";
                case "▁r" -> "\r";
                case "▁n" -> "\n";
                case "▁▁" -> "▁";
                default -> subword;
            });
        return line.toString();
    }

    @Override
    public TokenizerDescription description() {
        return new TokenizerDescription("char", List.of(), List.of());
    }
}
