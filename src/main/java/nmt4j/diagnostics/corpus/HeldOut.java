package nmt4j.diagnostics.corpus;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nmt4j.text.LineReader;

/// The source sentences of validation and test sets, but for case, punctuation and spaces.
final class HeldOut {
    /// A line of a held-out source file.
    record Place(Path file, long line) {
        @Override
        public String toString() {
            return file + ":" + line;
        }
    }

    private final Map<Long, Place> places = new HashMap<>();

    static HeldOut of(List<Path> sources) {
        var heldOut = new HeldOut();
        for (var file : sources)
            try (var lines = LineReader.lenient(file)) {
                while (lines.advance()) heldOut.add(lines.line(), new Place(file, lines.number()));
            }
        return heldOut;
    }

    private void add(String line, Place place) {
        long essence = Characters.essence(line, 1);
        if (essence != 0) places.putIfAbsent(essence, place);
    }

    Optional<Place> find(String source) {
        if (places.isEmpty()) return Optional.empty();
        return Optional.ofNullable(places.get(Characters.essence(source, 1)));
    }
}
