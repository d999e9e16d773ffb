package nmt4j.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import nmt4j.config.DataConfig;
import nmt4j.text.TextCodec;

/// The training pairs, tokenised once into a cache on disk that vanishes with this object (or with the process). With
/// BPE-dropout the cache holds the text, which is segmented anew whenever a batch is made.
public final class Corpus implements AutoCloseable {
    private final Cache cache;
    private final PairIndex index;
    private final PairFormat format;
    private final Growth growth;
    private final CorpusStatistics statistics;

    Corpus(Cache cache, PairIndex index, PairFormat format, Growth growth, CorpusStatistics statistics) {
        this.cache = cache;
        this.index = index;
        this.format = format;
        this.growth = growth;
        this.statistics = statistics;
    }

    /// Reads `data.train` as streams.
    ///
    /// @param folder  where the cache goes: about 2 bytes a token, or with BPE-dropout the size of the text
    /// @throws nmt4j.Failure if line counts differ, text is not UTF-8, no pair is left, or the disk is full
    public static Corpus read(DataConfig data, TextCodec source, TextCodec target, Path folder) {
        var cache = new Cache(folder);
        try {
            return new CorpusReader(data, source, target, cache).read();
        } catch (RuntimeException | Error e) {
            cache.close();
            throw e;
        }
    }

    /// The number of pairs.
    public int size() {
        return index.size();
    }

    public CorpusStatistics statistics() {
        return statistics;
    }

    /// CRC-32C of all pairs in order: a resumed run can tell that its corpus is not the one it began with.
    public long fingerprint() {
        return cache.checksum();
    }

    /// Subwords of the source sentence; with BPE-dropout those to be expected.
    int sourceLength(int pair) {
        return growth.ofSource(index.sourceLength(pair));
    }

    /// Subwords of the target sentence; with BPE-dropout those to be expected.
    int targetLength(int pair) {
        return growth.ofTarget(index.targetLength(pair));
    }

    /// These pairs as an epoch sees them. Random segmentations may come out longer than expected: then the last pairs
    /// go back to their plain ones until the batch fits.
    ///
    /// @param key  of the epoch
    /// @param fits says whether the pairs are no more than a batch may hold
    List<Pair> read(int[] pairs, long key, Predicate<List<Pair>> fits) {
        var records = records(pairs);
        var read = new ArrayList<Pair>(pairs.length);
        for (int b = 0; b < pairs.length; b++) read.add(format.read(records.get(b), SplitMix.mix(key, pairs[b])));
        for (int b = pairs.length - 1; b >= 0 && !fits.test(read); b--) read.set(b, format.plain(records.get(b)));
        return read;
    }

    private List<byte[]> records(int[] pairs) {
        var starts = new long[pairs.length];
        var ends = new long[pairs.length];
        for (int b = 0; b < pairs.length; b++) {
            starts[b] = index.start(pairs[b]);
            ends[b] = pairs[b] + 1 == index.size() ? cache.size() : index.start(pairs[b] + 1);
        }
        return cache.read(starts, ends);
    }

    /// Deletes the cache. Close the streams of batches first.
    @Override
    public void close() {
        cache.close();
    }
}
