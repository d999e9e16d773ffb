package nmt4j.data;

/// How many more subwords sentences are expected to have with BPE-dropout than without.
///
/// @param source, target  factors from 1
/// @param limit           that no expectation exceeds
record Growth(double source, double target, int limit) {
    /// Without dropout.
    static final Growth NONE = new Growth(1, 1, PairIndex.MAX_LENGTH);

    int ofSource(int length) {
        return Math.min(limit, (int) Math.ceil(length * source));
    }

    int ofTarget(int length) {
        return Math.min(limit, (int) Math.ceil(length * target));
    }

    /// The growth of a sample of sentences as it is read.
    static final class Sample {
        private long plainSource;
        private long plainTarget;
        private long droppedSource;
        private long droppedTarget;

        void add(Pair plain, Pair dropped) {
            plainSource += plain.source().length;
            plainTarget += plain.target().length;
            droppedSource += dropped.source().length;
            droppedTarget += dropped.target().length;
        }

        Growth growth(int limit) {
            return new Growth(factor(droppedSource, plainSource), factor(droppedTarget, plainTarget), limit);
        }

        private static double factor(long dropped, long plain) {
            return plain == 0 ? 1 : Math.max(1, dropped / (double) plain);
        }
    }
}
