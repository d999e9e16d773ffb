package nmt4j.text;

import java.nio.file.Path;
import java.util.List;

/// The subwords of one side and their ids. Ids 0 to 3 are [#UNKNOWN], [#PADDING], [#START], [#END]; they are no text: a
/// subword that is spelled like one of them (`</s>`) has an entry of its own, or none.
public final class Vocabulary {
    public static final int UNKNOWN = 0;
    public static final int PADDING = 1;
    public static final int START = 2;
    public static final int END = 3;

    /// How the ids 0 to 3 are written.
    public static final List<String> SPECIALS = List.of("<unk>", "<pad>", "<s>", "</s>");

    private Vocabulary() {}

    /// A vocabulary from all its entries in the order of their ids, the four special ones first, as [#tokens()] gives it.
    public static Vocabulary of(List<String> tokens) {
        throw new UnsupportedOperationException();
    }

    /// Reads a list of subwords, see the README of the formats accepted.
    public static Vocabulary read(Path file) {
        throw new UnsupportedOperationException();
    }

    public void write(Path file) {
        throw new UnsupportedOperationException();
    }

    /// The number of ids, the four special ones included.
    public int size() {
        throw new UnsupportedOperationException();
    }

    /// The id of a subword of a text, or [#UNKNOWN]; never a special id for text that is spelled like one.
    public int id(String subword) {
        throw new UnsupportedOperationException();
    }

    public boolean contains(String subword) {
        return id(subword) != UNKNOWN;
    }

    /// How the entry of this id is written.
    public String token(int id) {
        throw new UnsupportedOperationException();
    }

    /// All entries in the order of their ids.
    public List<String> tokens() {
        throw new UnsupportedOperationException();
    }
}
