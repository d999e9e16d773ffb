package nmt4j.tensor;

import nmt4j.kernel.Factor;
import nmt4j.kernel.Gemm;
import nmt4j.kernel.Matrix;
import nmt4j.kernel.RowStride;
import nmt4j.kernel.TransposeKernel;
import nmt4j.tensor.Tiles.Tile;

/// Products in float32: every factor is read as it is, but for transposed weights where those are slow.
enum Float32Products implements Products {
    /// A weight multiplies in its own precision; the bits of a row depend on no other.
    INFERENCE {
        @Override
        public void multiply(Matrix x, Factor input, Weight weight, Matrix z, int from, int to) {
            weight.multiply(x, z, from, to);
        }

        /// Of a loss, which may be a sentence's.
        @Override
        public Transposed transposed(Tape tape, Matrix w, int products) {
            return new AsItLies(w);
        }

        @Override
        public int stride(int columns) {
            return columns;
        }
    },
    /// All rows at once, as matrices lie.
    TRAINING {
        @Override
        public void multiply(Matrix x, Factor input, Weight weight, Matrix z, int from, int to) {
            Gemm.product(Gemm.group(x, from, to), weight.value(), Gemm.group(z, from, to), false);
        }

        @Override
        public Transposed transposed(Tape tape, Matrix w, int products) {
            return products >= MANY && Gemm.isSlowerWithTransposed() ? WrittenOut.of(tape, w) : new AsItLies(w);
        }

        @Override
        public int stride(int columns) {
            return RowStride.ACTIVATION.of(columns);
        }
    };

    /// Products of a transpose that make up for writing it out. (A batch of 512 tokens has six of 96 rows, and would take a
    /// twentieth longer by it.)
    private static final int MANY = 8;

    @Override
    public void begin() {}

    @Override
    public void beginBackward() {}

    @Override
    public void vacate() {}

    @Override
    public Factor factor(Tape tape, Matrix x) {
        return x;
    }

    @Override
    public Factor factor(Tape tape, String operation, Matrix[] touched, Matrix x, Tiles tiles, Tile rows) {
        tiles.run(tape.parallel(operation, touched), rows);
        return x;
    }

    @Override
    public void release(Tape tape, Factor factor) {}

    @Override
    public Factor made(Tape tape, String operation, Matrix[] touched, Tiles tiles, int columns, Maker maker) {
        var made = tape.matrix(tiles.rows(), columns);
        tiles.run(tape.parallel(operation, touched),
                (tile, from, to) -> maker.make(tile, from, to, made.rows(from, to)));
        return Gemm.zeroFilledGroup(made);
    }

    @Override
    public Factor input(Tape tape, Matrix x) {
        return Gemm.group(x, 0, x.rows());
    }

    @Override
    public boolean keepsRounded() {
        return false;
    }

    @Override
    public Tiles tiles(int rows) {
        return Tiles.of(rows);
    }

    @Override
    public int part(int n) {
        return Gemm.roundUp(n);
    }

    @Override
    public void product(Factor x, Matrix w, Matrix z, boolean accumulate) {
        Gemm.product((Matrix) x, w, z, accumulate);
    }

    @Override
    public void productOfTransposed(Factor x, Factor y, Matrix z, boolean accumulate) {
        Gemm.productOfTransposed((Matrix) x, (Matrix) y, z, accumulate);
    }

    @Override
    public void close() {}

    /// Read where it is.
    private record AsItLies(Matrix w) implements Transposed {
        @Override
        public void multiply(Factor x, Matrix z, boolean accumulate) {
            Gemm.productWithTransposed((Matrix) x, w, z, accumulate);
        }

        @Override
        public Transposed columns(int from, int to) {
            return new AsItLies(w.rows(from, to));
        }
    }

    /// Written out, by all cores, since many products read it.
    private record WrittenOut(Tape tape, Matrix transposed) implements Transposed {
        static WrittenOut of(Tape tape, Matrix w) {
            var transposed = tape.arena().matrix(w.columns(), w.rows(), RowStride.TRANSPOSE.of(w.rows()));
            tape.parallel("transposed weight", w, transposed).tiles(TransposeKernel.tiles(w),
                    i -> TransposeKernel.transposeTile(w, transposed, i));
            return new WrittenOut(tape, transposed);
        }

        @Override
        public void multiply(Factor x, Matrix z, boolean accumulate) {
            Gemm.product((Matrix) x, transposed, z, accumulate);
        }

        @Override
        public Transposed columns(int from, int to) {
            return new WrittenOut(tape, transposed.columns(from, to));
        }

        @Override
        public void close() {
            tape.arena().release(transposed);
        }
    }
}
