package nmt4j.optim;

import nmt4j.config.ScheduleConfig;

/// How the learning rate moves with the update u, counted from 1. Immutable; one that follows validations is replaced
/// by its successor at each.
public sealed interface Schedule {
    double rate(long u);

    /// The schedule after a validation.
    ///
    /// @param score  higher is better
    default Schedule after(double score) {
        return this;
    }

    /// What it remembers of validations.
    default PlateauState memory() {
        return PlateauState.START;
    }

    /// This schedule with that memory.
    default Schedule resumed(PlateauState memory) {
        return this;
    }

    static Schedule of(ScheduleConfig config, int modelSize) {
        return switch (config) {
            case ScheduleConfig.Constant(double rate) -> new Constant(rate);
            case ScheduleConfig.LinearWarmup(double peak, int warmup) -> new LinearWarmup(peak, warmup);
            case ScheduleConfig.InverseSquareRoot(double peak, int warmup) -> new InverseSquareRoot(peak, warmup);
            case ScheduleConfig.Noam(double factor, int warmup) -> new Noam(factor, warmup, modelSize);
            case ScheduleConfig.Cosine(double peak, int warmup, int updates) -> new Cosine(peak, warmup, updates);
            case ScheduleConfig.Plateau plateau -> new Plateau(plateau, PlateauState.START);
        };
    }

    /// The same rate throughout.
    record Constant(double rate) implements Schedule {
        @Override
        public double rate(long u) {
            return rate;
        }
    }

    /// Rises linearly to `peak` over `warmup` updates, then stays.
    record LinearWarmup(double peak, int warmup) implements Schedule {
        @Override
        public double rate(long u) {
            return peak * Math.min(1, u / (double) Math.max(1, warmup));
        }
    }

    /// Rises linearly to `peak` over `warmup` updates, then falls with 1/√u (Vaswani et al. 2017, eq. 3, up to a constant).
    record InverseSquareRoot(double peak, int warmup) implements Schedule {
        @Override
        public double rate(long u) {
            return peak * Math.min(u / (double) warmup, Math.sqrt(warmup / (double) u));
        }
    }

    /// factor · H^−0.5 · min(u^−0.5, u · warmup^−1.5) (Vaswani et al. 2017, eq. 3).
    record Noam(double factor, int warmup, int modelSize) implements Schedule {
        @Override
        public double rate(long u) {
            return factor / Math.sqrt(modelSize) * Math.min(1 / Math.sqrt(u), u / (warmup * Math.sqrt(warmup)));
        }
    }

    /// Rises linearly to `peak` over `warmup` updates, then falls to 0 at `updates` along half a cosine
    /// (Loshchilov & Hutter 2017, eq. 5, one period).
    record Cosine(double peak, int warmup, int updates) implements Schedule {
        @Override
        public double rate(long u) {
            if (u <= warmup) return peak * u / warmup;
            double progress = Math.min(1, (u - warmup) / (double) (updates - warmup));
            return peak * (1 + StrictMath.cos(StrictMath.PI * progress)) / 2;
        }
    }

    /// Falls by a factor when `patience` validations in a row were not better than the best.
    record Plateau(ScheduleConfig.Plateau config, PlateauState state) implements Schedule {
        @Override
        public double rate(long u) {
            double warm = new LinearWarmup(config.peak(), config.warmup()).rate(u);
            return Math.min(warm,
                    Math.max(config.minimum(), config.peak() * StrictMath.pow(config.factor(), state.falls())));
        }

        @Override
        public Schedule after(double score) {
            return resumed(state.after(score, config.patience()));
        }

        @Override
        public PlateauState memory() {
            return state;
        }

        @Override
        public Schedule resumed(PlateauState memory) {
            return new Plateau(config, memory);
        }
    }

    /// What a plateau schedule remembers.
    ///
    /// @param best   score of any validation
    /// @param worse  validations since the best, or since the last fall
    record PlateauState(double best, int worse, int falls) {
        public static final PlateauState START = new PlateauState(-Double.MAX_VALUE, 0, 0);

        PlateauState after(double score, int patience) {
            if (score > best) return new PlateauState(score, 0, falls);
            return worse + 1 < patience ? new PlateauState(best, worse + 1, falls)
                    : new PlateauState(best, 0, falls + 1);
        }
    }
}
