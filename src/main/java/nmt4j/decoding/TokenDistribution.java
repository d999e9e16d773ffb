package nmt4j.decoding;

import java.util.Arrays;
import java.util.stream.IntStream;
import nmt4j.kernel.Matrix;

/// From which tokens a sample draws, and how likely each is: p^(1/temperature), cut to the k most likely tokens (Fan, Lewis
/// & Dauphin 2018), then to the fewest that hold the share p of what is left (Holtzman et al. 2020), normalised.
///
/// @param topK  0 for all
/// @param topP  1 for all
public record TokenDistribution(double temperature, int topK, double topP) {
    /// The model's own.
    public static final TokenDistribution FULL = new TokenDistribution(1, 0, 1);

    /// More of the best are faster found by sorting all than by putting each in its place.
    private static final int FEW = 64;

    /// The token at which the distribution's sum, in descending order of likelihood, passes `u`; of equally likely ones the
    /// lower comes first. Where nothing is cut, the order is that of the ids, which needs no sorting.
    ///
    /// @param next  log-probabilities [rows, V]
    /// @param u     in [0, 1)
    /// @return      −1 if no token is possible
    int draw(Matrix next, int row, double u) {
        return topK == 0 && topP == 1 ? drawAll(next, row, u) : drawTop(next, row, u);
    }

    private int drawAll(Matrix next, int row, double u) {
        double max = max(next, row);
        double sum = 0;
        for (int v = 0; v < next.columns(); v++) sum += weight(next.get(row, v), max);
        double left = u * sum;
        int last = -1;
        for (int v = 0; v < next.columns(); v++) {
            double weight = weight(next.get(row, v), max);
            if (!(weight > 0)) continue;
            last = v;
            left -= weight;
            if (left < 0) return v;
        }
        return last;
    }

    private int drawTop(Matrix next, int row, double u) {
        int[] top = likeliest(next, row);
        if (top.length == 0) return -1;
        var weights = new double[top.length];
        double sum = 0;
        for (int i = 0; i < weights.length; i++)
            sum += weights[i] = weight(next.get(row, top[i]), next.get(row, top[0]));
        int count = 0;
        double kept = 0;
        while (count < weights.length && (count == 0 || kept < topP * sum)) kept += weights[count++];
        double left = u * kept;
        for (int i = 0; i < count; i++) if ((left -= weights[i]) < 0) return top[i];
        return top[count - 1];
    }

    /// The K most likely tokens, or all that are possible, in descending order.
    private int[] likeliest(Matrix next, int row) {
        if (topK == 0 || topK > FEW) return sorted(next, row);
        var top = new Candidates(Math.min(topK, next.columns()));
        top.consider(next, row, 0);
        return IntStream.range(0, top.size()).map(top::token).toArray();
    }

    /// Sorted as numbers whose upper half is the log-probability, negated: the bits of floats that are not negative are in
    /// the order of the floats.
    private int[] sorted(Matrix next, int row) {
        var keys = new long[next.columns()];
        int count = 0;
        for (int v = 0; v < keys.length; v++) {
            float logProbability = next.get(row, v);
            if (logProbability > Float.NEGATIVE_INFINITY)
                keys[count++] = (long) Float.floatToRawIntBits(Math.max(0f, -logProbability)) << Integer.SIZE | v;
        }
        Arrays.sort(keys, 0, count);
        return Arrays.stream(keys, 0, topK == 0 ? count : Math.min(topK, count)).mapToInt(key -> (int) key).toArray();
    }

    private double weight(float logProbability, double max) {
        return StrictMath.exp((logProbability - max) / temperature);
    }

    private static float max(Matrix next, int row) {
        float max = Float.NEGATIVE_INFINITY;
        for (int v = 0; v < next.columns(); v++) max = Math.max(max, next.get(row, v));
        return max;
    }
}
