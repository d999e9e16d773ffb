package nmt4j.text;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/// The lines of files one after the other, read anew by each iteration; one line is in memory at a time.
/// Reading is strict, see [LineReader].
public record Lines(List<Path> files) implements Iterable<String> {
    public Lines {
        files = List.copyOf(files);
    }

    @Override
    public Iterator<String> iterator() {
        return new FileIterator(files.iterator());
    }

    private static final class FileIterator implements Iterator<String> {
        private final Iterator<Path> files;
        private LineReader reader;
        private boolean waiting;        // a line that hasNext() found and next() has not yet given

        FileIterator(Iterator<Path> files) {
            this.files = files;
        }

        @Override
        public boolean hasNext() {
            while (!waiting && (reader != null || files.hasNext())) {
                if (reader == null)
                    reader = LineReader.strict(files.next());
                waiting = reader.advance();
                if (!waiting) {
                    reader.close();
                    reader = null;
                }
            }
            return waiting;
        }

        @Override
        public String next() {
            if (!hasNext())
                throw new NoSuchElementException();
            waiting = false;
            return reader.line();
        }
    }
}
