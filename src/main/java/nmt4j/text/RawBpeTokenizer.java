package nmt4j.text;

import java.util.List;

/// Byte pair encoding of raw text, lossless.
public final class RawBpeTokenizer implements Tokenizer {
    public RawBpeTokenizer(List<String> merges, List<String> characters) {}

    public static RawBpeTokenizer learn(Iterable<String> lines, int merges) {
        throw new UnsupportedOperationException();
    }

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
