package nmt4j.tensor;

import nmt4j.kernel.Elementwise;
import nmt4j.kernel.Gemm;
import nmt4j.kernel.Matrix;

/// How the rows of an operation are cut for the cores: by their number alone, never by the number of threads, so that sums
/// over tiles are the same on any machine.
final class Tiles {
    /// Enough to keep eight cores busy, few enough for long products.
    private static final int WANTED = 8;
    private static final int SMALLEST = 96;
    private static final int LARGEST = 528;

    private Tiles() {}

    /// Rows of a tile of `rows` tokens: a multiple of `Gemm.ROWS`.
    static int rows(int rows) {
        return Gemm.roundUp(Math.clamp((rows + WANTED - 1) / WANTED, SMALLEST, LARGEST));
    }

    /// The same of tokens that a weight multiplies, as products want it. A search has large tiles, since the weight is made ready
    /// for each of them: copied to where a product reads it best, or written out if it is in bfloat16.
    static int rows(int rows, Tape tape) {
        return tape.isPredicting() ? LARGEST : tape.products().tile(rows);
    }

    /// Rows of W in a tile of a weight's gradient.
    static int inputs(int rows, Tape tape) {
        return tape.products().part(Math.clamp((rows + 3) / 4, 132, 264));
    }

    static int count(int rows, int size) {
        return (rows + size - 1) / size;
    }

    /// Adds the rows of `sums`, in order, to the gradient of a row vector.
    static void addUp(Matrix sums, Gradient gradient) {
        addUpEvery(sums, 1, 0, gradient);
    }

    /// Adds every `step`-th row from `first`, in order.
    static void addUpEvery(Matrix sums, int step, int first, Gradient gradient) {
        long total = gradient.matrix().address();
        if (!gradient.accumulate()) gradient.matrix().fill(0);
        for (int i = first; i < sums.rows(); i += step) Elementwise.add(sums.row(i), total, sums.columns());
    }
}
