package nmt4j.text;

import java.util.List;

/// One side's way between lines and ids.
public record TextCodec(Tokenizer tokenizer, Vocabulary vocabulary, boolean lowercase) {
    /// The ids of a line, without start and end.
    public int[] encode(String line) {
        throw new UnsupportedOperationException();
    }

    /// The same with BPE-dropout; a function of the line and `key`.
    public int[] encode(String line, double dropout, long key) {
        throw new UnsupportedOperationException();
    }

    /// The subwords whose ids [#encode(String)] gives.
    public List<String> subwords(String line) {
        throw new UnsupportedOperationException();
    }

    /// How the entries of these ids are written.
    public List<String> tokens(int[] ids) {
        throw new UnsupportedOperationException();
    }

    /// The line that these ids spell: padding, start and end are left out, the unknown word is written `<unk>`.
    public String decode(int[] ids) {
        throw new UnsupportedOperationException();
    }
}
