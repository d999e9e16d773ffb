package nmt4j.lexicon;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import nmt4j.text.Vocabulary;

/// A lexical shortlist (Jean et al. 2015, section 3.2): the target ids of which a sentence's translation may consist. They
/// are those that its own source ids may become, and the most frequent of all: no other sentence has a say.
public final class Shortlist {
    private final int targetSize;
    private final int[] frequent;
    private final List<int[]> likely;

    /// @param targetSize  of the target vocabulary, V
    /// @param frequent    ids that every sentence may have
    /// @param likely      of each source id, the ids that it may become
    public Shortlist(int targetSize, int[] frequent, List<int[]> likely) {
        this.targetSize = targetSize;
        this.frequent = frequent;
        this.likely = likely;
    }

    /// How much is kept.
    ///
    /// @param likely    target ids of a source id
    /// @param frequent  target ids of all sentences
    /// @param least     the least probability of a target id given a source id
    public record Size(int likely, int frequent, double least) {}

    public static Shortlist of(IbmModel1 model, IdPairs pairs, int sourceSize, int targetSize, Size size) {
        var likely = new ArrayList<int[]>();
        for (int f = 0; f < sourceSize; f++) likely.add(model.likeliest(f, size.likely, size.least));
        return new Shortlist(targetSize, frequent(pairs.target().counts(targetSize), size.frequent), likely);
    }

    private static int[] frequent(int[] counts, int size) {
        var order = new Integer[counts.length];
        Arrays.setAll(order, e -> e);
        Arrays.sort(order, (a, b) -> Integer.compare(counts[b], counts[a])); // stable
        return Arrays.stream(order).limit(size).filter(e -> counts[e] > 0).mapToInt(e -> e).toArray();
    }

    /// V.
    public int targetSize() {
        return targetSize;
    }

    /// Ids that every sentence may have, besides `<unk>` and `</s>`.
    int[] frequent() {
        return frequent;
    }

    /// Ids that a source id may become; one for each source id.
    List<int[]> likely() {
        return likely;
    }

    /// The ids for a sentence in ascending order, `<unk>` and `</s>` among them.
    ///
    /// @param source  its ids
    /// @param wanted  ids that shall be there in any case
    public int[] ids(int[] source, List<int[]> wanted) {
        var chosen = new BitSet(targetSize);
        chosen.set(Vocabulary.UNKNOWN);
        chosen.set(Vocabulary.END);
        for (int e : frequent) chosen.set(e);
        for (int f : source) for (int e : likely.get(f)) chosen.set(e);
        for (var ids : wanted) for (int e : ids) chosen.set(e);
        return chosen.stream().toArray();
    }

    /// How it fits a corpus.
    ///
    /// @param kept     ids for a sentence, the mean
    /// @param covered  share of the target ids that are there for their sentence
    public record Fit(double kept, double covered) {}

    public Fit fit(IdPairs pairs) {
        long kept = 0;
        long covered = 0;
        for (int n = 0; n < pairs.size(); n++) {
            var ids = ids(pairs.source().sentence(n), List.of());
            kept += ids.length;
            for (int e : pairs.target().sentence(n)) if (Arrays.binarySearch(ids, e) >= 0) covered++;
        }
        return new Fit((double) kept / pairs.size(), (double) covered / pairs.target().tokens());
    }
}
