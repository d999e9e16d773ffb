package nmt4j.text;

import java.util.List;

/// Words between [Whitespace], as Python's `line.split()`. Decoding puts one space between words.
public record WordTokenizer() implements Tokenizer {
    @Override
    public List<String> encode(String line) {
        return Whitespace.split(line);
    }

    @Override
    public String decode(List<String> subwords) {
        return String.join(" ", subwords);
    }

    @Override
    public TokenizerDescription description() {
        return new TokenizerDescription("word", List.of(), List.of());
    }
}
