package nmt4j.data;

import java.util.ArrayList;
import java.util.List;

/// Where each pair starts in the cache, and how long its sides are: 8 bytes a pair.
final class PairIndex {
    /// The longest sentence that it can note.
    static final int MAX_LENGTH = Character.MAX_VALUE;

    private static final int CHUNK_BITS = 10;
    private static final int CHUNK = 1 << CHUNK_BITS;

    private record Chunk(long base, int[] starts, char[] sourceLengths, char[] targetLengths) {}

    private final List<Chunk> chunks = new ArrayList<>();
    private int size;

    void add(long start, int sourceLength, int targetLength) {
        int i = size & CHUNK - 1;
        if (i == 0) chunks.add(new Chunk(start, new int[CHUNK], new char[CHUNK], new char[CHUNK]));
        var chunk = chunks.getLast();
        chunk.starts[i] = Math.toIntExact(start - chunk.base);
        chunk.sourceLengths[i] = (char) sourceLength;
        chunk.targetLengths[i] = (char) targetLength;
        size = Math.incrementExact(size);
    }

    int size() {
        return size;
    }

    /// In bytes from the start of the cache.
    long start(int pair) {
        var chunk = chunks.get(pair >> CHUNK_BITS);
        return chunk.base + chunk.starts[pair & CHUNK - 1];
    }

    int sourceLength(int pair) {
        return chunks.get(pair >> CHUNK_BITS).sourceLengths[pair & CHUNK - 1];
    }

    int targetLength(int pair) {
        return chunks.get(pair >> CHUNK_BITS).targetLengths[pair & CHUNK - 1];
    }
}
