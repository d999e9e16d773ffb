package nmt4j.tensor;

import nmt4j.kernel.Arena;
import nmt4j.kernel.Bfloat16Matrix;
import nmt4j.kernel.Bfloat16Product;
import nmt4j.kernel.Factor;
import nmt4j.kernel.Gemm;
import nmt4j.kernel.Matrix;
import nmt4j.kernel.RoundingKernel;
import nmt4j.tensor.Tiles.Tile;

/// Products whose factors are rounded to bfloat16; everything else stays in float32.
///
/// Each part of a weight that a product reads is prepared once a pass for each of the two ways it is read.
final class Bfloat16Products implements Products {
    /// Four tiles of AMX, of sixteen rows each: 256 rows of xᵀ y take half the time of 264.
    private static final int ROWS = 64;
    /// Tokens that stay together: such tiles of AMX, and groups of `Gemm`.
    private static final int UNIT = 48;
    private static final int TILE = 2 * UNIT;
    /// Rows of a factor that are rounded once they have been made.
    private static final int MADE_AT_ONCE = 4;
    /// Columns of what is kept rounded.
    private static final int WIDEST = 1024;

    private final Arena arena = new Arena();
    private final PreparedWeights weights;
    /// In the memory of what the forward pass has read, which is over then.
    private final PreparedWeights transposedWeights;
    private boolean isBackward;

    Bfloat16Products(Tape tape) {
        weights = new PreparedWeights(tape, arena, false, _ -> {
        });
        transposedWeights = new PreparedWeights(tape, arena, true, weights::release);
    }

    @Override
    public void begin() {
        clear();
        arena.reset();
        isBackward = false;
        weights.prepare("weights to bfloat16");
    }

    @Override
    public void beginBackward() {
        if (isBackward) return;
        isBackward = true;
        transposedWeights.prepare("weights to bfloat16, backward");
    }

    @Override
    public void vacate() {
        clear();
        arena.vacate();
    }

    @Override
    public int stride(int columns) {
        return Bfloat16Product.activationStride(columns);
    }

    private void clear() {
        weights.clear();
        transposedWeights.clear();
    }

    @Override
    public Factor factor(Tape tape, Matrix x) {
        return factor(tape, "to bfloat16", new Matrix[] {x}, x, Tiles.of(x.rows()), (_, _, _) -> {
        });
    }

    /// Row by row, while one is in the first cache.
    @Override
    public Factor factor(Tape tape, String operation, Matrix[] touched, Matrix x, Tiles tiles, Tile rows) {
        var rounded = Bfloat16Matrix.in(tape.arena(), x.rows(), x.columns());
        tiles.run(tape.parallel(operation, touched), (tile, from, to) -> {
            for (int t = from; t < to; t++) {
                rows.run(tile, t, t + 1);
                RoundingKernel.round(x.row(t), rounded.row(t), x.columns());
            }
        });
        return rounded;
    }

    @Override
    public void release(Tape tape, Factor factor) {
        if (factor instanceof Bfloat16Matrix rounded) rounded.release(tape.arena());
    }

    /// Some rows, while they are in the first cache, and then the next ones in the same room.
    @Override
    public Factor made(Tape tape, String operation, Matrix[] touched, Tiles tiles, int columns, Maker maker) {
        var made = Bfloat16Matrix.in(tape.arena(), Gemm.roundUp(tiles.rows()), columns);
        made.rows(tiles.rows(), made.rows()).clear();
        var rooms = new Rooms(tape, tiles.count(), MADE_AT_ONCE, columns);
        tiles.run(tape.parallel(operation, touched), (tile, from, to) -> rooms.lend(room -> {
            for (int t = from, end; t < to; t = end) {
                end = Math.min(t + MADE_AT_ONCE, to);
                var rows = room.rows(0, end - t);
                maker.make(tile, t, end, rows);
                RoundingKernel.round(rows, made.rows(t, end));
            }
        }));
        rooms.release();
        return made;
    }

    /// Rounded once for both passes, but for wide ones, which would take as much memory as all others, and where products take so
    /// long that rounding twice is nothing beside them.
    @Override
    public Factor input(Tape tape, Matrix x) {
        var group = Gemm.zeroFilledGroup(x);
        boolean isKept = x.columns() <= WIDEST && keepsRounded();
        return isKept ? Bfloat16Matrix.in(tape.arena(), group.rows(), x.columns()) : group;
    }

    /// Not where each product widens them again.
    @Override
    public boolean keepsRounded() {
        return Bfloat16Product.isNative();
    }

    /// A weight is prepared once for all of them, so they may be as small as keeps the cores equally busy.
    @Override
    public Tiles tiles(int rows) {
        return new Tiles(rows, UNIT, Math.ceilDiv(rows, TILE));
    }

    @Override
    public int part(int n) {
        return Math.max(1, (n + ROWS / 2) / ROWS) * ROWS;
    }

    @Override
    public void multiply(Matrix x, Factor input, Weight weight, Matrix z, int from, int to) {
        var group = input.rows(from, from + Gemm.roundUp(to - from));
        if (group instanceof Bfloat16Matrix rounded) RoundingKernel.round(Gemm.group(x, from, to), rounded);
        Bfloat16Product.multiply(group, weights.of(weight.value()), Gemm.group(z, from, to), false);
    }

    @Override
    public void product(Factor x, Matrix w, Matrix z, boolean accumulate) {
        Bfloat16Product.multiply(x, weights.of(w), z, accumulate);
    }

    @Override
    public Transposed transposed(Tape tape, Matrix w, int products) {
        return new Prepared(transposedWeights, w);
    }

    private record Prepared(PreparedWeights transposedWeights, Matrix w) implements Transposed {
        @Override
        public void multiply(Factor x, Matrix z, boolean accumulate) {
            Bfloat16Product.multiply(x, transposedWeights.of(w), z, accumulate);
        }

        @Override
        public Transposed columns(int from, int to) {
            return new Prepared(transposedWeights, w.rows(from, to));
        }
    }

    @Override
    public void productOfTransposed(Factor x, Factor y, Matrix z, boolean accumulate) {
        Bfloat16Product.multiplyTransposed(x, (Bfloat16Matrix) y, z, accumulate);
    }

    @Override
    public void close() {
        arena.close();
    }
}
