package nmt4j.diagnostics.corpus;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import nmt4j.config.CorpusConfig;

/// What was found in one corpus.
public final class CorpusFindings {
    private static final int EXAMPLES = 3;

    /// A pair with a defect.
    ///
    /// @param line     the number of the pair, from 1
    /// @param heldOut  where a held-out set has its source sentence
    public record Example(long line, String source, String target, Optional<String> heldOut) {}

    /// Two files of a corpus with different numbers of lines.
    ///
    /// @param shift  the first pair that looks shifted, if there is reason to name one
    public record Unequal(long sourceLines, long targetLines, OptionalLong shift) {}

    private final CorpusConfig files;
    private final long[] counts = new long[Defect.values().length];
    private final Map<Defect, List<Example>> examples = new EnumMap<>(Defect.class);
    private long pairs;
    private long clean;
    private long dropped;
    private Optional<Unequal> unequal = Optional.empty();

    CorpusFindings(CorpusConfig files) {
        this.files = files;
    }

    void add(PairLines pair, int defects, Optional<HeldOut.Place> heldOut) {
        pairs++;
        if (defects == 0) {
            clean++;
            return;
        }
        boolean drop = false;
        for (var defect : Defect.in(defects)) {
            drop |= defect.isDropped();
            if (++counts[defect.ordinal()] <= EXAMPLES)
                examples.computeIfAbsent(defect, _ -> new ArrayList<>()).add(new Example(pair.number(), pair.source(),
                        pair.target(), heldOut.map(HeldOut.Place::toString)));
        }
        if (drop) dropped++;
    }

    void unequal(Unequal lines) {
        unequal = Optional.of(lines);
    }

    public CorpusConfig files() {
        return files;
    }

    /// Pairs that were looked at.
    public long pairs() {
        return pairs;
    }

    /// Pairs without any defect.
    public long clean() {
        return clean;
    }

    /// Pairs that a clean corpus goes without.
    public long dropped() {
        return dropped;
    }

    /// Pairs with this defect.
    public long count(Defect defect) {
        return counts[defect.ordinal()];
    }

    /// The first pairs with this defect.
    public List<Example> examples(Defect defect) {
        return examples.getOrDefault(defect, List.of());
    }

    public Optional<Unequal> unequal() {
        return unequal;
    }

    /// Whether training would refuse these files.
    public boolean isRefused() {
        return unequal.isPresent() || count(Defect.INVALID_UTF8) > 0;
    }
}
