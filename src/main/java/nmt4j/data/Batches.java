package nmt4j.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import nmt4j.Failure;
import nmt4j.config.TrainingConfig.BatchConfig;

/// Which pairs of a corpus form which batch: a function of (seed, epoch) alone, so that training can go on at any batch
/// of any epoch without reading what came before it.
///
/// An epoch is a random order of all pairs, cut into pools of at most a million; each is planned by itself.
public final class Batches {
    /// What the random numbers of an epoch are for.
    private enum Use { ORDER, SHUFFLE, SEGMENTATION }

    private final Corpus corpus;
    private final Budget budget;
    private final int together;
    private final long seed;
    private final int pools;

    /// @throws nmt4j.Failure if the longest pair does not fit into one batch
    public Batches(Corpus corpus, BatchConfig budget, long seed) {
        this(corpus, budget, seed, Pool.MAX_SIZE);
    }

    Batches(Corpus corpus, BatchConfig budget, long seed, int poolSize) {
        this.corpus = corpus;
        this.budget = new Budget(budget);
        this.together = budget.maxiBatch();
        this.seed = seed;
        this.pools = Math.ceilDiv(corpus.size(), poolSize);
        int longest = Math.max(corpus.statistics().source().longest(), corpus.statistics().target().longest());
        if (this.budget.cost(longest) > budget.size())
            throw Failure
                    .mistake(String.format(Locale.ROOT,
                            "training.batch.size: %d tokens do not hold the longest training sentence, %d with its end",
                            budget.size(), longest + 1) + " (raise it, or lower data.maxLength to "
                            + (budget.size() - 1) + ")");
    }

    /// The number of batches of an epoch. Plans the whole epoch: some 0.3 s a million pairs.
    public int count(int epoch) {
        int count = 0;
        for (int pool = 0; pool < pools; pool++) count += plan(epoch, pool).size();
        return count;
    }

    /// What the batches of the first epoch that take the most memory look like, but for their text: the one with most tokens,
    /// the one with the longest target, and, for who takes only some steps of them at once, the one with most pairs.
    public List<Batch> largest() {
        int[] most = {};
        int[] widest = {};
        int[] longest = {};
        for (int number = 0; number < pools; number++) {
            var pool = plan(1, number);
            for (int b = 0; b < pool.size(); b++) {
                var pairs = pool.batch(b);
                if (tokens(pairs) > tokens(most)) most = pairs;
                if (pairs.length > widest.length) widest = pairs;
                if (longest.length == 0 || corpus.targetLength(pairs[0]) > corpus.targetLength(longest[0]))
                    longest = pairs;
            }
        }
        return List.of(shape(most), shape(longest), shape(widest));
    }

    private long tokens(int[] pairs) {
        long tokens = 0;
        for (int pair : pairs) tokens += corpus.sourceLength(pair) + corpus.targetLength(pair);
        return tokens;
    }

    private Batch shape(int[] pairs) {
        return Batch.ofLengths(IntStream.of(pairs).map(corpus::sourceLength).toArray(),
                IntStream.of(pairs).map(corpus::targetLength).toArray());
    }

    /// All batches from this position on, epoch after epoch without end; the next ones are made ahead of time.
    ///
    /// A position beyond the end of its epoch is the start of the next.
    public BatchStream from(Position position) {
        return new BatchStream(new Maker(position)::make);
    }

    private long key(int epoch, Use use) {
        return SplitMix.mix(SplitMix.mix(seed, epoch), use.ordinal());
    }

    private Pool plan(int epoch, int pool) {
        int from = (int) ((long) corpus.size() * pool / pools);
        int to = (int) ((long) corpus.size() * (pool + 1) / pools);
        var order = new Permutation(corpus.size(), key(epoch, Use.ORDER));
        return Pool.plan(corpus, order, from, to, budget, together, SplitMix.mix(key(epoch, Use.SHUFFLE), pool));
    }

    /// Makes one batch after the other.
    private final class Maker {
        private Position position;
        private int poolNumber;
        private Pool pool;
        /// The number within its epoch of the pool's first batch.
        private int first;

        Maker(Position start) {
            position = start;
        }

        Batch make() {
            seek();
            boolean endsEpoch = poolNumber == pools - 1 && position.batch() == first + pool.size() - 1;
            var next = endsEpoch ? position.nextEpoch() : position.nextBatch();
            var batch = make(pool.batch(position.batch() - first), next, endsEpoch);
            if (endsEpoch) pool = null;
            position = next;
            return batch;
        }

        /// Plans on until the pool holds the position.
        private void seek() {
            if (pool == null) plan(0, 0);
            while (position.batch() >= first + pool.size()) {
                if (poolNumber == pools - 1) {
                    position = position.nextEpoch();
                    plan(0, 0);
                } else plan(poolNumber + 1, first + pool.size());
            }
        }

        private void plan(int number, int firstBatch) {
            pool = Batches.this.plan(position.epoch(), number);
            poolNumber = number;
            first = firstBatch;
        }

        private Batch make(int[] numbers, Position next, boolean endsEpoch) {
            var pairs = corpus.read(numbers, key(position.epoch(), Use.SEGMENTATION), budget::fits);
            var sources = new ArrayList<int[]>(pairs.size());
            var targets = new ArrayList<int[]>(pairs.size());
            for (var pair : pairs) {
                sources.add(pair.source());
                targets.add(pair.target());
            }
            List<Integer> boxed = IntStream.of(numbers).boxed().toList();
            return Batch.of(sources, targets, boxed, next, endsEpoch);
        }
    }
}
