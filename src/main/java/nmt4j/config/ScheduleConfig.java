package nmt4j.config;

/// How the learning rate moves with the update u, counted from 1.
public sealed interface ScheduleConfig {
    /// The same rate throughout.
    record Constant(@Key(value = "the rate", initial = "0.0005", in = "(0, ∞)") double rate)
            implements ScheduleConfig {}

    /// Rises linearly to its peak, then stays.
    record LinearWarmup(
            @Key(value = "the highest rate", initial = "0.0005", in = "(0, ∞)") double peak,
            @Key(value = "updates up to the peak", initial = "800", in = "[1, ∞)") int warmup)
            implements ScheduleConfig {}

    /// Rises linearly to its peak, then falls with 1/√u.
    record InverseSquareRoot(
            @Key(value = "the highest rate", initial = "0.001", in = "(0, ∞)") double peak,
            @Key(value = "updates up to the peak", initial = "800", in = "[1, ∞)") int warmup)
            implements ScheduleConfig {}

    /// factor · H^−0.5 · min(u^−0.5, u · warmup^−1.5) (Vaswani et al. 2017, eq. 3).
    record Noam(
            @Key(value = "multiplies the paper's rate", initial = "1", in = "(0, ∞)") double factor,
            @Key(value = "updates up to the highest rate", initial = "4000", in = "[1, ∞)") int warmup)
            implements ScheduleConfig {}

    /// Rises linearly to its peak, then falls to 0 along half a cosine (Loshchilov & Hutter 2017, eq. 5, one period).
    record Cosine(
            @Key(value = "the highest rate", initial = "0.001", in = "(0, ∞)") double peak,
            @Key(value = "updates up to the peak", initial = "800", in = "[1, ∞)") int warmup,
            @Key(value = "updates until the rate is 0", initial = "10000", in = "[1, ∞)") int updates)
            implements ScheduleConfig, Checked {
        @Override
        public void check(Rules rules) {
            rules.require(() -> warmup < updates, () -> warmup + " is not below updates " + updates, "warmup",
                    "updates");
        }
    }

    /// Falls by a factor when validations no longer better the best.
    record Plateau(
            @Key(value = "the highest rate", initial = "0.0005", in = "(0, ∞)") double peak,
            @Key(value = "updates of a linear rise to the peak", initial = "0", in = "[0, ∞)") int warmup,
            @Key(value = "multiplies the rate at each fall", initial = "0.5", in = "(0, 1)") double factor,
            @Key(value = "validations without a better one before a fall", initial = "2", in = "[1, ∞)") int patience,
            @Key(value = "the rate falls no lower", initial = "1e-6", in = "[0, ∞)") double minimum)
            implements ScheduleConfig, Checked {
        @Override
        public void check(Rules rules) {
            rules.require(() -> minimum <= peak, () -> minimum + " is above peak " + peak, "minimum", "peak");
        }
    }
}
