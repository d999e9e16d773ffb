package nmt4j.diagnostics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import nmt4j.Failure;
import nmt4j.text.LineReader;
import nmt4j.text.Whitespace;

/// What can be said of corpora and models as files. It is found out once, and again when a file has changed.
final class FileFacts {
    /// Lines of a file whose words are counted.
    private static final long COUNTED = 1_000_000;

    private final Map<String, Kept<?>> kept = new HashMap<>();

    private record Kept<T>(Object version, T fact) {}

    String sha256(Path file) {
        return fact("sha256 " + file, file, FileFacts::hash);
    }

    /// How often each word stands in some files; empty if one is not there.
    Map<String, Integer> counts(List<Path> files) {
        if (!files.stream().allMatch(Files::exists)) return Map.of();
        if (files.size() == 1) return countsOf(files.getFirst());
        var all = new HashMap<String, Integer>();
        for (var file : files) countsOf(file).forEach((word, n) -> all.merge(word, n, Integer::sum));
        return all;
    }

    private Map<String, Integer> countsOf(Path file) {
        return fact("words " + file, file, FileFacts::words);
    }

    @SuppressWarnings("unchecked") // a name stands for facts of one type
    private <T> T fact(String name, Path file, Function<Path, T> find) {
        var version = version(file);
        var known = kept.get(name);
        if (known == null || !known.version.equals(version)) {
            known = new Kept<>(version, find.apply(file));
            kept.put(name, known);
        }
        return (T) known.fact;
    }

    private static Object version(Path file) {
        try {
            return List.of(Files.size(file), Files.getLastModifiedTime(file));
        } catch (IOException e) {
            throw Failure.machine(file + ": cannot be read: " + Failure.reason(e), e);
        }
    }

    private static Map<String, Integer> words(Path file) {
        var counts = new HashMap<String, Integer>();
        try (var reader = LineReader.lenient(file)) {
            while (reader.number() < COUNTED && reader.advance())
                for (var word : Whitespace.split(reader.line())) counts.merge(word, 1, Integer::sum);
        }
        return counts;
    }

    private static String hash(Path file) {
        try (var in = Files.newInputStream(file)) {
            var digest = MessageDigest.getInstance("SHA-256");
            var buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n > 0; n = in.read(buffer)) digest.update(buffer, 0, n);
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw Failure.machine(file + ": cannot be read: " + Failure.reason(e), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
