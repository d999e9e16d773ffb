package nmt4j.data;

import java.util.List;
import nmt4j.config.TrainingConfig.BatchConfig;
import nmt4j.config.TrainingConfig.Unit;

/// How much one batch may hold: sentences, or tokens of the longer side (the side with more of them, `</s>` included).
record Budget(Unit unit, int size) {
    Budget(BatchConfig batch) {
        this(batch.unit(), batch.size());
    }

    /// What a sentence of this many subwords takes of it.
    int cost(int subwords) {
        return switch (unit) {
            case TOKENS -> subwords + 1;
            case SENTENCES -> 1;
        };
    }

    boolean fits(List<Pair> pairs) {
        long source = 0;
        long target = 0;
        for (var pair : pairs) {
            source += cost(pair.source().length);
            target += cost(pair.target().length);
        }
        return Math.max(source, target) <= size;
    }
}
