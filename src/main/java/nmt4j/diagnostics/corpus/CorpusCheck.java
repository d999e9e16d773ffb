package nmt4j.diagnostics.corpus;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import nmt4j.config.CorpusConfig;
import nmt4j.data.FirstShift;

/// Finds what is wrong with parallel corpora: one pass to learn what is usual in them, one to look at each pair. Memory
/// grows by some 30 bytes a pair, for the duplicates.
public final class CorpusCheck {
    /// Told of each pair that is looked at, in order.
    public interface Reader {
        Reader NONE = (_, _, _) -> {
        };

        void pair(String source, String target, List<Defect> defects);
    }

    private final Habits habits = new Habits();
    private final HeldOut heldOut;
    private final long limit;

    private CorpusCheck(List<CorpusConfig> train, HeldOut heldOut, long limit) {
        this.heldOut = heldOut;
        this.limit = limit;
        for (var files : train)
            try (var pairs = new PairLines(files)) {
                while (pairs.advance() && pairs.number() <= limit) habits.add(pairs.source(), pairs.target());
            }
        habits.seal();
    }

    /// Learns what is usual in the training corpora.
    ///
    /// @param heldOut  source files of validation and test sets
    /// @param limit    look at no more pairs of a corpus
    public static CorpusCheck of(List<CorpusConfig> train, List<Path> heldOut, long limit) {
        return new CorpusCheck(train, HeldOut.of(heldOut), limit);
    }

    /// Looks at the training corpora, in order: a pair of a later one may be a duplicate of an earlier one's.
    public List<CorpusFindings> train(List<CorpusConfig> train, Reader reader) {
        var seen = new SeenPairs();
        var findings = new ArrayList<CorpusFindings>();
        for (var files : train) findings.add(look(files, seen, heldOut, reader));
        return findings;
    }

    /// Looks at a validation or test set, by the habits of the training corpora.
    public CorpusFindings heldOut(CorpusConfig files) {
        return look(files, new SeenPairs(), HeldOut.of(List.of()), Reader.NONE);
    }

    private CorpusFindings look(CorpusConfig files, SeenPairs seen, HeldOut others, Reader reader) {
        var findings = new CorpusFindings(files);
        try (var pairs = new PairLines(files)) {
            while (pairs.advance()) {
                if (pairs.number() > limit) return findings;
                var place = others.find(pairs.source());
                int defects = pairs.defects() | defects(pairs.source(), pairs.target(), seen)
                        | place.map(_ -> Defect.HELD_OUT.bit()).orElse(0);
                findings.add(pairs, defects, place);
                reader.pair(pairs.source(), pairs.target(), Defect.in(defects));
            }
            long sourceLines = pairs.sourceLines();
            long targetLines = pairs.targetLines();
            if (sourceLines != targetLines)
                findings.unequal(new CorpusFindings.Unequal(sourceLines, targetLines,
                        FirstShift.find(files, sourceLines - targetLines)));
        }
        return findings;
    }

    private int defects(String source, String target, SeenPairs seen) {
        int found = Characters.defects(source) | Characters.defects(target);
        if (source.isBlank() || target.isBlank()) return found | Defect.EMPTY.bit();
        found |= seen.defects(source, target);
        if (source.strip().equals(target.strip())) return found | Defect.IDENTICAL.bit();
        return found | habits.defects(source, target);
    }
}
