package nmt4j.decoding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nmt4j.Failure;
import nmt4j.model.AttentionListener;

/// The attention of one step after the other, row by row: the mean over heads, layers and models.
final class AttentionRecorder {
    private static final float[] NOTHING = {};

    private final Optional<AttentionLayer> layer;
    private final List<float[]> sums = new ArrayList<>();
    private final List<Integer> counts = new ArrayList<>();

    private AttentionRecorder(Optional<AttentionLayer> layer) {
        this.layer = layer;
    }

    AttentionRecorder(AttentionLayer layer) {
        this(Optional.of(layer));
    }

    /// Records nothing, and costs nothing.
    static AttentionRecorder nothing() {
        return new AttentionRecorder(Optional.empty());
    }

    /// Forgets the step before; what the next is shown to.
    AttentionListener next() {
        sums.clear();
        counts.clear();
        return layer.isEmpty() ? AttentionListener.NONE : this::attended;
    }

    private void attended(int of, int head, int row, float[] weights) {
        if (!layer.orElseThrow().includes(of)) return;
        while (sums.size() <= row) {
            sums.add(NOTHING);
            counts.add(0);
        }
        if (counts.get(row) == 0) {
            sums.set(row, weights.clone());
        } else {
            var sum = sums.get(row);
            for (int i = 0; i < sum.length; i++) sum[i] += weights[i];
        }
        counts.set(row, counts.get(row) + 1);
    }

    /// The weights of a row's source tokens and of `</s>`; they sum to 1. Empty if nothing is recorded.
    float[] weights(int row) {
        if (layer.isEmpty()) return NOTHING;
        if (row >= sums.size() || counts.get(row) == 0) throw Failure.mistake(layer.get().number() == 0
                ? "attention: the model has none; alignments, coverage and replaced unknown words need it"
                : "attention: the model has no decoder layer " + layer.get().number() + " that looks at the source");
        var mean = sums.get(row).clone();
        for (int i = 0; i < mean.length; i++) mean[i] /= counts.get(row);
        return mean;
    }
}
