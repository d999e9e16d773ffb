package nmt4j.tensor;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import nmt4j.kernel.Arena;
import nmt4j.kernel.Bfloat16Matrix;
import nmt4j.kernel.Bfloat16Product;
import nmt4j.kernel.Factor;
import nmt4j.kernel.Gemm;
import nmt4j.kernel.Matrix;
import nmt4j.kernel.Parallel.RowRange;
import nmt4j.kernel.RoundingKernel;

/// Products whose factors and results are rounded to bfloat16; everything else stays in float32, sums of gradients too.
///
/// Each part of a weight that a product reads is rounded once a pass, by the tile that needs it first: bfloat16 products take
/// matrices without room between their rows only.
final class Bfloat16Products implements Products {
    /// Four tiles of AMX, of sixteen rows each: 256 rows of xᵀ y take half the time of 264.
    private static final int ROWS = 64;

    private final Arena arena = new Arena();
    private final Map<Matrix, Bfloat16Matrix> copies = new ConcurrentHashMap<>();

    @Override
    public void begin() {
        copies.clear();
        arena.reset();
    }

    @Override
    public void vacate() {
        copies.clear();
        arena.vacate();
    }

    @Override
    public Factor factor(Tape tape, Matrix x) {
        return factor(tape, "to bfloat16", new Matrix[] {x}, x, Tiles.rows(x.rows()), (_, _) -> {
        });
    }

    /// Row by row, while one is in the first cache.
    @Override
    public Factor factor(Tape tape, String operation, Matrix[] touched, Matrix x, int size, RowRange rows) {
        var rounded = Bfloat16Matrix.in(tape.arena(), x.rows(), x.columns());
        tape.parallel(operation, touched).rows(x.rows(), size, (from, to) -> {
            for (int t = from; t < to; t++) {
                rows.run(t, t + 1);
                RoundingKernel.round(x.row(t), rounded.row(t), x.columns());
            }
        });
        return rounded;
    }

    @Override
    public void release(Tape tape, Factor factor) {
        if (factor instanceof Bfloat16Matrix rounded) rounded.release(tape.arena());
    }

    @Override
    public int part(int n) {
        return Math.max(1, (n + ROWS / 2) / ROWS) * ROWS;
    }

    @Override
    public void multiply(Matrix x, Weight weight, Matrix z, int from, int to, RowRange then) {
        Bfloat16Product.multiply(Gemm.group(x, from, to), rounded(weight.value()), Gemm.group(z, from, to), row -> {
            if (from + row < to) then.run(from + row, from + row + 1);
        });
    }

    @Override
    public void product(Factor x, Matrix w, Matrix z, boolean accumulate) {
        Bfloat16Product.multiply(x, rounded(w), z, accumulate);
    }

    @Override
    public void productWithTransposed(Factor x, Matrix w, Matrix z, boolean accumulate) {
        Bfloat16Product.multiplyWithTransposed(x, rounded(w), z, accumulate);
    }

    @Override
    public void productOfTransposed(Matrix x, Factor y, Matrix z, boolean accumulate) {
        Bfloat16Product.multiplyTransposed(x, (Bfloat16Matrix) y, z, accumulate);
    }

    private Bfloat16Matrix rounded(Matrix w) {
        return copies.computeIfAbsent(w, this::copy);
    }

    private Bfloat16Matrix copy(Matrix w) {
        var copy = memory(w.rows(), w.columns());
        RoundingKernel.round(w, copy);
        return copy;
    }

    private Bfloat16Matrix memory(int rows, int columns) {
        synchronized (arena) {
            return Bfloat16Matrix.in(arena, rows, columns);
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
