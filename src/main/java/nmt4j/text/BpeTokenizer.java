package nmt4j.text;

import java.nio.file.Path;
import java.util.List;

/// Byte pair encoding of whitespace tokens, equal to subword-nmt 0.3.8.
public final class BpeTokenizer implements Tokenizer {
    public BpeTokenizer(List<String> merges) {}

    /// Reads subword-nmt's codes (version 0.2).
    public static BpeTokenizer read(Path codes) {
        throw new UnsupportedOperationException();
    }

    /// Learns as `subword-nmt learn-bpe`.
    public static BpeTokenizer learn(Iterable<String> lines, int merges) {
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
