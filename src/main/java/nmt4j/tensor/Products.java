package nmt4j.tensor;

import nmt4j.kernel.Factor;
import nmt4j.kernel.Matrix;
import nmt4j.tensor.Tiles.Tile;

/// How the products of a pass are computed. They are called from tiles, all else is not.
sealed interface Products extends AutoCloseable permits Float32Products, Bfloat16Products {
    /// Of a new pass: weights may have changed.
    void begin();

    /// Of a pass that goes backward, maybe not for the first time.
    void beginBackward();

    /// Elements from one row of what weights multiply, or of a product, to the next.
    int stride(int columns);

    /// What several products read, as they read it, until `release`.
    Factor factor(Tape tape, Matrix x);

    /// The same of what some operation makes, a part of its rows after the other.
    ///
    /// @param operation  whose name the profile shows
    /// @param touched    what it reads and writes
    /// @param x          a whole group
    /// @param tiles      of its rows
    /// @param rows       makes rows of x, those of a tile in order, in one or in several parts
    Factor factor(Tape tape, String operation, Matrix[] touched, Matrix x, Tiles tiles, Tile rows);

    void release(Tape tape, Factor factor);

    /// A factor that is made of nothing that is kept: a whole group, to be given back by `Tape.release`.
    ///
    /// @param operation  whose name the profile shows
    /// @param touched    what it reads and writes
    /// @param tiles      of its rows
    /// @param maker      of those of a tile in order, in one or in several parts
    Factor made(Tape tape, String operation, Matrix[] touched, Tiles tiles, int columns, Maker maker);

    /// Makes rows of a factor.
    interface Maker {
        /// @param tile      which they are of
        /// @param from, to  which they are
        /// @param rows      takes them, and no others [to − from, columns]
        void make(int tile, int from, int to, Matrix rows);
    }

    /// What `multiply` and then, in the backward pass, other products read of x, a whole group; `multiply` writes it.
    Factor input(Tape tape, Matrix x);

    /// Whether factors are kept rounded, and products read them so: what they alone read need not be kept otherwise.
    boolean keepsRounded();

    /// Tiles where weights multiply so many rows of tokens, in training: of multiples of `Gemm.ROWS`.
    Tiles tiles(int rows);

    /// About n, and what suits a product as the number of its rows where these are rows of a weight.
    int part(int n);

    /// Rows `from` to `to`, which may be rounded up to whole groups, of z = x W.
    ///
    /// @param input  of x
    void multiply(Matrix x, Factor input, Weight weight, Matrix z, int from, int to);

    /// z = x W, or z += x W.
    ///
    /// @param w  a weight, or a part of one
    void product(Factor x, Matrix w, Matrix z, boolean accumulate);

    /// For products with Wᵀ, until the weight changes.
    ///
    /// @param w         a weight, or a part of one
    /// @param products  how many read it, or each part of it
    Transposed transposed(Tape tape, Matrix w, int products);

    /// z = xᵀ y, or z += xᵀ y.
    void productOfTransposed(Factor x, Factor y, Matrix z, boolean accumulate);

    /// Gives back what it holds until the next pass.
    void vacate();

    @Override
    void close();
}
