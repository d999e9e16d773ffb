package nmt4j.text;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/// The lines of files one after the other, read anew by each iteration (strictly, see [LineReader]).
public record Lines(List<Path> files) implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        throw new UnsupportedOperationException();
    }
}
