package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.load;

import jdk.incubator.vector.VectorOperators;

/// Looks through a row for its largest elements.
public final class TopKernel {
    private TopKernel() {}

    /// The first column from `from` on whose element in row `row` of `x` is above `threshold`; the number of columns if none is.
    public static int firstAbove(Matrix x, int row, int from, float threshold) {
        long address = x.row(row);
        int n = x.columns();
        int i = from;
        for (; i + LANES <= n; i += LANES) {
            var above = load(address + (long) i * Float.BYTES).compare(VectorOperators.GT, threshold);
            if (above.anyTrue()) return i + above.firstTrue();
        }
        while (i < n && !(Vectors.get(address + (long) i * Float.BYTES) > threshold)) i++;
        return i;
    }
}
