package nmt4j.data;

import java.nio.file.Path;
import nmt4j.config.DataConfig;
import nmt4j.text.TextCodec;

/// The training pairs, tokenised once into a cache on disk that vanishes with this object (or with the process).
public final class Corpus implements AutoCloseable {
    /// Reads `data.train` as streams.
    ///
    /// @param folder  where the cache goes: about 4 bytes a token
    /// @throws nmt4j.Failure if line counts differ, text is not UTF-8, no pair is left, or the disk is full
    public static Corpus read(DataConfig data, TextCodec source, TextCodec target, Path folder) {
        throw new UnsupportedOperationException();
    }

    /// The number of pairs.
    public int size() {
        throw new UnsupportedOperationException();
    }

    public CorpusStatistics statistics() {
        throw new UnsupportedOperationException();
    }

    /// CRC-32C of all pairs in order: a resumed run can tell that its corpus is not the one it began with.
    public long fingerprint() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
