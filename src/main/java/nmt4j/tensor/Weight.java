package nmt4j.tensor;

import nmt4j.kernel.Matrix;
import nmt4j.kernel.PackedMatrix.Pieces;
import nmt4j.kernel.RowProduct;

/// What a product multiplies by: a parameter, or a matrix that is computed from parameters. Products forward are here, in
/// the weight's own precision.
public sealed interface Weight permits Parameter, Tensor, PackedWeight {
    /// In float32.
    Matrix value();

    int rows();

    int columns();

    /// Elements from one row to the next of what a product is left in, so that it can be made at the best speed.
    int stride();

    /// Where an operation leaves its part of the gradient.
    Gradient receive();

    /// Rows `from` to `to`, which may be rounded up to whole groups (`Gemm.ROWS`), of z = x W.
    ///
    /// @param x  [T, H], with room for a group behind its last row
    /// @param z  [T, F], the same
    default void multiply(Matrix x, Matrix z, int from, int to) {
        RowProduct.multiply(x, value(), z, from, to);
    }

    /// The same some columns at a time, if that is how the product is made: in whole segments (`TopTokens.SEGMENT`) but for the
    /// last.
    ///
    /// @param room  for all of z; what of it is written is undefined
    default void multiply(Matrix x, Matrix room, int from, int to, Pieces pieces) {
        multiply(x, room, from, to);
        pieces.take(room.rows(from, to), from, 0);
    }
}
