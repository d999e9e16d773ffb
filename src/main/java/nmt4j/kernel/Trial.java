package nmt4j.kernel;

/// How fast two products are beside each other on this processor.
final class Trial {
    private static final int REPETITIONS = 10;

    private Trial() {}

    /// How many times as long as the other a product takes. Both run in turn, so that what slows down the machine for a while slows
    /// down both; the fastest run of each counts.
    static double ratio(Runnable product, Runnable other) {
        long fastest = Long.MAX_VALUE;
        long fastestOther = Long.MAX_VALUE;
        for (int i = 0; i < REPETITIONS; i++) {
            fastest = Math.min(fastest, nanoseconds(product));
            fastestOther = Math.min(fastestOther, nanoseconds(other));
        }
        return (double) fastest / fastestOther;
    }

    private static long nanoseconds(Runnable product) {
        long start = System.nanoTime();
        product.run();
        return System.nanoTime() - start;
    }
}
