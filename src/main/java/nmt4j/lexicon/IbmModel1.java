package nmt4j.lexicon;

import java.util.Arrays;

/// Lexical translation probabilities t(e | f) (Brown et al. 1993, section 4.1): every word e of a target sentence is the
/// translation of one word f of the source sentence, or of none (the empty word), all equally likely beforehand; learnt by
/// expectation–maximisation.
public final class IbmModel1 {
    private final int[][] targets; // of each source id, the ids that it was seen with, in ascending order
    private final float[][] probabilities;

    private IbmModel1(int[][] targets) {
        this.targets = targets;
        probabilities = new float[targets.length][];
        for (int f = 0; f < targets.length; f++) {
            probabilities[f] = new float[targets[f].length];
            Arrays.fill(probabilities[f], 1f / targets[f].length);
        }
    }

    /// @param sourceSize, targetSize  of the vocabularies
    public static IbmModel1 learn(IdPairs pairs, int sourceSize, int targetSize, int iterations) {
        var occurrences = occurrences(pairs, sourceSize);
        var model = new IbmModel1(seenTogether(pairs, occurrences, targetSize));
        for (int i = 0; i < iterations; i++) model.iterate(pairs, occurrences, targetSize);
        return model;
    }

    /// The sentences in which each source id occurs, as often as it does; the empty word stands once in each.
    private static int[][] occurrences(IdPairs pairs, int sourceSize) {
        var counts = pairs.source().counts(sourceSize);
        var occurrences = new int[sourceSize + 1][];
        for (int f = 0; f < sourceSize; f++) occurrences[f] = new int[counts[f]];
        occurrences[sourceSize] = new int[pairs.size()];
        var next = new int[sourceSize];
        for (int n = 0; n < pairs.size(); n++) {
            occurrences[sourceSize][n] = n;
            for (int i = pairs.source().start(n); i < pairs.source().start(n + 1); i++) {
                int f = pairs.source().id(i);
                occurrences[f][next[f]++] = n;
            }
        }
        return occurrences;
    }

    private static int[][] seenTogether(IdPairs pairs, int[][] occurrences, int targetSize) {
        var together = new int[occurrences.length][];
        var seen = new boolean[targetSize];
        for (int f = 0; f < together.length; f++) {
            int count = 0;
            for (int n : occurrences[f])
                for (int i = pairs.target().start(n); i < pairs.target().start(n + 1); i++) {
                    int e = pairs.target().id(i);
                    if (!seen[e]) count++;
                    seen[e] = true;
                }
            together[f] = new int[count];
            for (int e = 0, at = 0; e < targetSize; e++) if (seen[e]) together[f][at++] = e;
            Arrays.fill(seen, false);
        }
        return together;
    }

    /// One step of expectation and maximisation, source id by source id.
    private void iterate(IdPairs pairs, int[][] occurrences, int targetSize) {
        var target = pairs.target();
        var sums = new float[target.tokens()]; // Σ t(e | f) over the source words of the sentence
        var dense = new float[targetSize];
        for (int f = 0; f < targets.length; f++) {
            spread(f, dense);
            for (int n : occurrences[f])
                for (int i = target.start(n); i < target.start(n + 1); i++) sums[i] += dense[target.id(i)];
        }
        var counts = new double[targetSize];
        for (int f = 0; f < targets.length; f++) {
            spread(f, dense);
            Arrays.fill(counts, 0);
            for (int n : occurrences[f])
                for (int i = target.start(n); i < target.start(n + 1); i++)
                    counts[target.id(i)] += dense[target.id(i)] / sums[i];
            maximize(f, counts);
        }
    }

    private void spread(int f, float[] dense) {
        for (int j = 0; j < targets[f].length; j++) dense[targets[f][j]] = probabilities[f][j];
    }

    private void maximize(int f, double[] counts) {
        double sum = 0;
        for (int e : targets[f]) sum += counts[e];
        for (int j = 0; j < targets[f].length; j++) probabilities[f][j] = (float) (counts[targets[f][j]] / sum);
    }

    /// t(e | f).
    ///
    /// @param source  f; the empty word's place is behind the source ids
    public double probability(int source, int target) {
        int at = Arrays.binarySearch(targets[source], target);
        return at < 0 ? 0 : probabilities[source][at];
    }

    /// The likeliest translations of a source id, the likeliest first; of equally likely ones the lower id.
    ///
    /// @param least  their least probability
    int[] likeliest(int source, int count, double least) {
        var ids = targets[source];
        var p = probabilities[source];
        var order = new Integer[ids.length];
        Arrays.setAll(order, j -> j);
        Arrays.sort(order, (a, b) -> Float.compare(p[b], p[a])); // stable
        return Arrays.stream(order).limit(count).filter(j -> p[j] >= least).mapToInt(j -> ids[j]).toArray();
    }
}
