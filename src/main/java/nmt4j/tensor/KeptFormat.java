package nmt4j.tensor;

import nmt4j.kernel.Elementwise;
import nmt4j.kernel.Int8Matrix;
import nmt4j.kernel.Matrix;
import nmt4j.kernel.RoundingKernel;
import nmt4j.kernel.WidenedRows;

/// How keys and values are kept for the steps of a decoder. All of them are read from memory again at each step, which takes
/// longer than what is computed with them, so beside weights in int8 they are rounded to half the size.
public enum KeptFormat {
    FLOAT32(Float.BYTES), BFLOAT16(Short.BYTES);

    private final int bytes;

    KeptFormat(int bytes) {
        this.bytes = bytes;
    }

    /// Beside that weight.
    public static KeptFormat beside(Parameter weight) {
        return weight.packed().filter(Int8Matrix.class::isInstance).isPresent() ? BFLOAT16 : FLOAT32;
    }

    /// The columns of a matrix whose rows take so many numbers: two to a column in bfloat16.
    public int columns(int numbers) {
        return Math.ceilDiv(numbers * bytes, Float.BYTES);
    }

    /// What a thread reads some rows with.
    ///
    /// @param most     rows at a time
    /// @param numbers  of each
    Reader reader(int most, int numbers) {
        return switch (this) {
            case FLOAT32 -> (_, _) -> {
            };
            case BFLOAT16 -> new WidenedRows(most, numbers)::read;
        };
    }

    /// Puts addresses of rows in float32 in the place of n that are kept; they are valid until it reads others.
    interface Reader {
        void read(long[] rows, int n);
    }

    /// Copies rows to where they stay.
    ///
    /// @param x     [m, n]
    /// @param kept  [m, columns(n)]
    public void keep(Matrix x, Matrix kept) {
        for (int row = 0; row < x.rows(); row++)
            switch (this) {
            case FLOAT32 -> Elementwise.copy(x.row(row), kept.row(row), x.columns());
            case BFLOAT16 -> RoundingKernel.round(x.row(row), kept.row(row), x.columns());
            }
    }

    /// What is kept of x: x itself if that will do.
    ///
    /// @param x  [m, n]
    /// @return   [m, columns(n)], in the memory of x's tape
    public Tensor kept(Tensor x) {
        if (this == FLOAT32) return x;
        var kept = x.tape().tensor(x.rows(), columns(x.columns()));
        keep(x.value(), kept.value());
        return kept;
    }
}
