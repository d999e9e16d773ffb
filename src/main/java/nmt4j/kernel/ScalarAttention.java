package nmt4j.kernel;

import java.util.Arrays;

/// The attention of `AttentionKernel`, without dropout, and of `CachedAttentionKernel`, with the same bits of each: see
/// `ScalarRows`.
final class ScalarAttention {
    private ScalarAttention() {}

    /// One head of one sentence.
    ///
    /// @param output  [m, D]
    static void run(AttentionKernel.Head head, Matrix output) {
        var keys = head.key().toRows();
        var values = head.value().toRows();
        float scale = head.scale();
        for (var key : keys) ScalarRows.scale(scale, key);
        var weights = new float[keys.length];
        for (int i = 0; i < output.rows(); i++) {
            int visible = head.visible(i);
            score(ScalarRows.row(head.query().row(i), output.columns()), keys, visible, weights);
            float max = ScalarRows.exponentials(weights, 0, visible);
            Arrays.fill(weights, visible, weights.length, 0);
            float sum = ScalarRows.sum(weights, 0, visible);
            ScalarRows.scale(1 / sum, weights);
            head.logSum().set(i, 0, max + Functions.log(sum));
            ScalarRows.store(combine(weights, values, output.columns()), output.row(i));
        }
    }

    /// scores[j] = query · keys[j] for the first n keys.
    private static void score(float[] query, float[][] keys, int n, float[] scores) {
        for (int j = 0; j < n; j++) {
            float sum = 0;
            for (int l = 0; l < query.length; l++) sum = Math.fma(query[l], keys[j][l], sum);
            scores[j] = sum;
        }
    }

    /// Σ weights[j] values[j].
    private static float[] combine(float[] weights, float[][] values, int size) {
        var output = new float[size];
        for (int j = 0; j < values.length; j++) addProduct(weights[j], values[j], 0, size, output);
        return output;
    }

    /// y[i] += s x[i] for n elements from `from` on.
    private static void addProduct(float s, float[] x, int from, int n, float[] y) {
        for (int i = from; i < from + n; i++) y[i] = Math.fma(s, x[i], y[i]);
    }

    /// One query of several heads; parameters are those of `CachedAttentionKernel.run`.
    static void run(long query, long[] keys, int n, long toValue, int heads, int size, long output, float[] weights) {
        int room = CachedAttentionKernel.room(n);
        var q = ScalarRows.row(query, heads * size);
        float scale = AttentionKernel.scale(size);
        for (int j = 0; j < n; j++) {
            var key = ScalarRows.row(keys[j], heads * size);
            for (int head = 0; head < heads; head++)
                weights[head * room + j] = ScalarRows.sumOfProducts(q, key, head * size, size) * scale;
        }
        for (int head = 0; head < heads; head++) softmax(weights, head * room, n, room);
        var sums = new float[heads * size];
        for (int j = 0; j < n; j++) {
            var value = ScalarRows.row(keys[j] + toValue, heads * size);
            for (int head = 0; head < heads; head++)
                addProduct(weights[head * room + j], value, head * size, size, sums);
        }
        ScalarRows.store(sums, output);
    }

    private static void softmax(float[] weights, int from, int n, int room) {
        ScalarRows.exponentials(weights, from, n);
        float sum = ScalarRows.sum(weights, from, n);
        for (int j = from; j < from + n; j++) weights[j] /= sum;
        Arrays.fill(weights, from + n, from + room, 0);
    }
}
