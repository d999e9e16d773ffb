package nmt4j.text;

import java.util.List;

public record WordTokenizer() implements Tokenizer {
    @Override
    public List<String> encode(String line) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String decode(List<String> subwords) {
        throw new UnsupportedOperationException();
    }

    @Override
    public TokenizerDescription description() {
        throw new UnsupportedOperationException();
    }
}
