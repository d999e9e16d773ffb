package nmt4j.kernel;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// z = x W of any number of rows, with the same bits of a row for any number: `Gemm`, which computes groups of 12 rows on AVX2, or
/// for a few rows `FewRowsKernel`, where it gives the same bits. Whether it does is seen by trying, once for each shape of W: it
/// depends on the processor that oneDNN finds, and on nothing in x and W.
///
/// Where W has room between its rows, z has as much.
public final class RowProduct {
    /// The most rows for which the kernel is faster.
    private static final int FEW = 6;
    /// Rows that are computed at once: with some more than 300, and k of 512, oneDNN has other bits on AVX2.
    private static final int MANY = 240;
    /// The same where rows of W are so many numbers apart, or a multiple of that: with AVX-512, more than 100 rows and k of 769 and
    /// more, oneDNN 3 adds them up in other blocks.
    private static final int FAR = 1024;
    private static final int MANY_FROM_FAR = 96;
    /// In products of a few rows.
    private static final WarmUp WARM_UP = new WarmUp(2_000);

    private static final Map<Long, Boolean> SAME_BITS = new ConcurrentHashMap<>();

    private RowProduct() {}

    /// Rows `from` to `to`, a multiple of `Gemm.ROWS` the first; the rows behind up to a whole group may be written too.
    ///
    /// @param x  [m, k], with room for whole groups
    /// @param w  [k, n]
    /// @param z  [m, n], the same
    public static void multiply(Matrix x, Matrix w, Matrix z, int from, int to) {
        boolean hasWholeVectors = w.columns() % Vectors.LANES == 0;
        if (to - from <= FEW && isLater() && hasWholeVectors && isKernelAlike(w.rows(), w.stride())) {
            FewRowsKernel.multiply(x.rows(from, to), w, z.rows(from, to));
        } else {
            int many = w.stride() % FAR == 0 ? MANY_FROM_FAR : MANY;
            for (int at = from; at < to; at += many) {
                int end = Math.min(to, at + many);
                Gemm.productOfRows(Gemm.toCompute(x, at, end), w, Gemm.toCompute(z, at, end));
            }
        }
    }

    /// Counts one more product of a few rows.
    ///
    /// @return  whether there have been so many that a kernel for them is worth compiling
    static boolean isLater() {
        return WARM_UP.isOver(1);
    }

    /// Whether the kernel's bits are those of `Gemm` for weights [k, n].
    static boolean isKernelAlike(int k, int n) {
        return SAME_BITS.computeIfAbsent((long) k << 32 | n, _ -> n % Vectors.LANES == 0 && tried(k, n));
    }

    private static boolean tried(int k, int n) {
        try (var arena = new Arena()) {
            var x = noise(arena.matrix(Gemm.ROWS, k), 1);
            var w = noise(arena.matrix(k, n), 2);
            var group = arena.matrix(Gemm.ROWS, n);
            var few = arena.matrix(FEW, n);
            Gemm.product(x, w, group, false);
            FewRowsKernel.multiply(x.rows(0, FEW), w, few);
            return areAlike(few, group);
        }
    }

    /// Whether the first rows of `more` have the bits of `few`; both without room between rows.
    static boolean areAlike(Matrix few, Matrix more) {
        long bytes = few.size() * Float.BYTES;
        return Vectors.memory(few.address(), bytes).mismatch(Vectors.memory(more.address(), bytes)) < 0;
    }

    /// Numbers in [−1, 1) of 23 bits each.
    static Matrix noise(Matrix x, int seed) {
        var numbers = new float[(int) x.size()];
        for (int i = 0; i < numbers.length; i++) {
            seed = seed * 1664525 + 1013904223;
            numbers[i] = (seed >> 8) * 0x1p-23f;
        }
        x.copyFrom(numbers);
        return x;
    }
}
