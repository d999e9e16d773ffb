package nmt4j.tensor;

import java.util.ArrayList;
import nmt4j.kernel.ChosenProductKernel;
import nmt4j.kernel.CrossEntropyKernel;
import nmt4j.kernel.Matrix;

/// An output layer for decoding over a part of the vocabulary, which may be another for each row.
///
/// @param weight  W [V, H]
/// @param bias    b [1, V]
public record ChosenProjection(Matrix weight, Matrix bias) {
    /// Over the layer's own weights.
    public static ChosenProjection of(CrossEntropy.Output layer) {
        return new ChosenProjection(layer.weight().value(), layer.bias().value());
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
        var chosen = tape.tensor(h.rows(), most);
        var z = tape.tensor(h.rows(), weight.rows()); // [rows, V]
        tape.parallel("output layer").tiles(begins.size(), i -> {
            int from = begins.get(i);
            int to = i + 1 == begins.size() ? ids.length : begins.get(i + 1);
            var logits = chosen.value().columns(0, ids[from].length);
            ChosenProductKernel.run(h.value(), weight, bias, ids[from], logits, from, to);
            CrossEntropyKernel.logSoftmax(logits, from, to);
            for (int row = from; row < to; row++) ChosenProductKernel.spread(logits, ids[row], z.value(), row);
        });
        return z;
    }
}
