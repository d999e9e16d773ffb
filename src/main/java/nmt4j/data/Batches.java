package nmt4j.data;

import nmt4j.config.TrainingConfig.BatchConfig;

/// Which pairs of a corpus form which batch: a function of (seed, epoch) alone, so that training can go on at any batch
/// of any epoch without reading what came before it.
public final class Batches {
    /// @throws nmt4j.Failure if the longest pair does not fit into one batch
    public Batches(Corpus corpus, BatchConfig budget, long seed) {
        throw new UnsupportedOperationException();
    }

    /// The number of batches of an epoch. Plans the whole epoch: some 0.3 s a million pairs.
    public int count(int epoch) {
        throw new UnsupportedOperationException();
    }

    /// All batches from this position on, epoch after epoch without end; the next ones are made ahead of time.
    public BatchStream from(Position position) {
        throw new UnsupportedOperationException();
    }
}
