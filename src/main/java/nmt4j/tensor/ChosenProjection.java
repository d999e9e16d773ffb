package nmt4j.tensor;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Map;
import nmt4j.kernel.ChosenProductKernel;
import nmt4j.kernel.CrossEntropyKernel;
import nmt4j.kernel.Elementwise;
import nmt4j.kernel.Matrix;
import nmt4j.kernel.PackedMatrix;

/// An output layer for decoding over a part of the vocabulary, which may be another for each row. One thread uses it.
public final class ChosenProjection {
    private final Parameter weight;
    private final Matrix bias;
    private final Tape keep;
    private final Map<int[], Chosen> chosen = new IdentityHashMap<>();

    /// What is made once of ids that many rows and steps have: of a packed weight, their part.
    ///
    /// @param weight  [H, ids]
    /// @param bias    [1, ids]
    private record Chosen(PackedMatrix weight, Matrix bias) {}

    private ChosenProjection(Tape keep, Parameter weight, Matrix bias) {
        this.keep = keep;
        this.weight = weight;
        this.bias = bias;
    }

    /// Over the layer's own weights.
    ///
    /// @param keep   where parts of them live that are made
    /// @param layer  W [V, H] and b [1, V]
    public static ChosenProjection of(Tape keep, CrossEntropy.Output layer) {
        return new ChosenProjection(keep, layer.weight(), layer.bias().value());
    }

    /// log softmax(h Wᵀ + b) over the chosen ids, as if there were no others: those have −∞.
    ///
    /// @param h    [rows, H]
    /// @param ids  of each row, in ascending order; rows side by side that share one array are computed together
    /// @return     [rows, V]
    public Tensor logProbabilities(Tensor h, int[][] ids) {
        var tape = h.tape();
        int most = 0;
        var begins = new ArrayList<Integer>();
        for (int row = 0; row < ids.length; row++) {
            most = Math.max(most, ids[row].length);
            if (row == 0 || ids[row] != ids[row - 1]) begins.add(row);
        }
        for (int begin : begins) prepare(ids[begin]);
        var some = tape.tensor(h.rows(), most);
        var z = tape.tensor(h.rows(), weight.rows()); // [rows, V]
        tape.parallel("output layer").tiles(begins.size(), i -> {
            int from = begins.get(i);
            int to = i + 1 == begins.size() ? ids.length : begins.get(i + 1);
            var logits = some.value().columns(0, ids[from].length);
            multiply(h.value(), ids[from], logits, from, to);
            CrossEntropyKernel.logSoftmax(logits, from, to);
            for (int row = from; row < to; row++) ChosenProductKernel.spread(logits, ids[row], z.value(), row);
        });
        return z;
    }

    private void prepare(int[] ids) {
        weight.packed().ifPresent(whole -> chosen.computeIfAbsent(ids, _ -> {
            var biases = keep.tensor(1, ids.length).value();
            for (int j = 0; j < ids.length; j++) biases.set(0, j, bias.get(0, ids[j]));
            return new Chosen(whole.columns(keep.arena(), ids), biases);
        }));
    }

    private void multiply(Matrix h, int[] ids, Matrix logits, int from, int to) {
        if (weight.packed().isEmpty()) {
            ChosenProductKernel.run(h, weight.value(), bias, ids, logits, from, to);
            return;
        }
        var part = chosen.get(ids);
        part.weight.multiply(h, logits, from, to);
        for (int t = from; t < to; t++) Elementwise.add(part.bias.address(), logits.row(t), ids.length);
    }
}
