package nmt4j.text;

import java.util.ArrayList;
import java.util.List;

/// Words between [Whitespace], as Python's `line.split()`. Decoding puts one space between words.
public record WordTokenizer() implements Tokenizer {
    @Override
    public List<String> encode(String line) {
        var words = new ArrayList<String>();
        int start = 0;
        for (int i = 0; i <= line.length(); i++)
            if (i == line.length() || Whitespace.is(line.charAt(i))) {
                if (i > start)
                    words.add(line.substring(start, i));
                start = i + 1;
            }
        return words;
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
