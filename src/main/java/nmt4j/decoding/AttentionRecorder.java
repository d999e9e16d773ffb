package nmt4j.decoding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import nmt4j.Failure;
import nmt4j.model.AttentionListener;

/// The attention of one step after the other, by layer and head, row by row: the mean over models.
final class AttentionRecorder {
    private static final float[] NOTHING = {};

    private final Optional<AttentionHeads> counted;
    private final SortedMap<AttentionHeads, List<Sum>> seen = new TreeMap<>(); // of each row

    /// @param count  of models
    private record Sum(float[] weights, int count) {
        static final Sum NONE = new Sum(NOTHING, 0);

        Sum plus(float[] more) {
            if (count == 0) return new Sum(more.clone(), 1);
            for (int i = 0; i < weights.length; i++) weights[i] += more[i];
            return new Sum(weights, count + 1);
        }
    }

    private AttentionRecorder(Optional<AttentionHeads> counted) {
        this.counted = counted;
    }

    AttentionRecorder(AttentionHeads counted) {
        this(Optional.of(counted));
    }

    /// Records nothing, and costs nothing.
    static AttentionRecorder nothing() {
        return new AttentionRecorder(Optional.empty());
    }

    /// Forgets the step before; what the next is shown to.
    AttentionListener next() {
        seen.values().forEach(List::clear);
        return counted.isEmpty() ? AttentionListener.NONE : this::attended;
    }

    private void attended(int layer, int head, int row, float[] weights) {
        var one = new AttentionHeads(layer + 1, head + 1);
        if (!counted.orElseThrow().include(one)) return;
        var rows = seen.computeIfAbsent(one, _ -> new ArrayList<>());
        while (rows.size() <= row) rows.add(Sum.NONE);
        rows.set(row, rows.get(row).plus(weights));
    }

    /// Of a row and each head that counts, the weights of the source tokens and of `</s>`; they sum to 1.
    SortedMap<AttentionHeads, float[]> byHead(int row) {
        var heads = new TreeMap<AttentionHeads, float[]>();
        seen.forEach((head, rows) -> {
            if (row < rows.size() && rows.get(row).count > 0)
                heads.put(head, divided(rows.get(row).weights, rows.get(row).count));
        });
        return heads;
    }

    /// The mean over all heads that count. Empty if nothing is recorded.
    ///
    /// @throws Failure  if none of them is there
    float[] weights(int row) {
        if (counted.isEmpty()) return NOTHING;
        var mean = Sum.NONE;
        int count = 0;
        for (var rows : seen.values())
            if (row < rows.size() && rows.get(row).count > 0) {
                mean = mean.plus(rows.get(row).weights);
                count += rows.get(row).count;
            }
        if (count == 0) throw counted.get().noneThere();
        return divided(mean.weights, count);
    }

    private static float[] divided(float[] sum, int count) {
        var mean = sum.clone();
        for (int i = 0; i < mean.length; i++) mean[i] /= count;
        return mean;
    }
}
