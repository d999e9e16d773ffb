package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.bound;
import static nmt4j.kernel.Vectors.get;
import static nmt4j.kernel.Vectors.put;

/// Weight normalisation (Salimans & Kingma 2016, eq. 2): each column of W is w = g v / ‖v‖. Works on a range of
/// columns, which begins at a multiple of the vector length.
public final class WeightNormKernel {
    private static final int BYTES = Float.BYTES;

    private WeightNormKernel() {}

    /// @param v      [n, F]
    /// @param g      [1, F]
    /// @param w      [n, F]
    /// @param norms  receives 1 / ‖v‖ of each column, [1, F]
    public static void forward(Matrix v, Matrix g, Matrix w, Matrix norms, int from, int to) {
        int end = from + bound(to - from);
        for (int j = from; j < end; j += LANES) normalizeAt(v, g, w, norms, j, LANES);
        if (end < to) normalizeAt(v, g, w, norms, end, to - end);
    }

    private static void normalizeAt(Matrix v, Matrix g, Matrix w, Matrix norms, int j, int count) {
        long at = (long) j * BYTES;
        var square = Vectors.zero();
        for (int i = 0; i < v.rows(); i++) {
            var x = get(v.row(i) + at, count);
            square = x.fma(x, square);
        }
        var norm = Vectors.broadcast(1).div(Vectors.exact(square).sqrt());
        put(norm, norms.address() + at, count);
        var scale = get(g.address() + at, count).mul(norm);
        for (int i = 0; i < v.rows(); i++) put(get(v.row(i) + at, count).mul(scale), w.row(i) + at, count);
    }

    /// dg = dw · v / ‖v‖ and dv = g / ‖v‖ (dw − (dw · v) v / ‖v‖²) (eq. 3), added where `dv` or `dg` is to be added to.
    ///
    /// @param weight  v, g and what `forward` left
    public static void backward(Columns weight, Matrix dw, Matrix dv, boolean addV, Matrix dg, boolean addG, int from,
            int to) {
        int end = from + bound(to - from);
        for (int j = from; j < end; j += LANES) deriveAt(weight, dw, dv, addV, dg, addG, j, LANES);
        if (end < to) deriveAt(weight, dw, dv, addV, dg, addG, end, to - end);
    }

    private static void deriveAt(Columns weight, Matrix dw, Matrix dv, boolean addV, Matrix dg, boolean addG, int j,
            int count) {
        var v = weight.v;
        long at = (long) j * BYTES;
        var dot = Vectors.zero();
        for (int i = 0; i < v.rows(); i++) dot = get(v.row(i) + at, count).fma(get(dw.row(i) + at, count), dot);
        var norm = get(weight.norms.address() + at, count);
        var length = norm.mul(dot);
        if (addG) put(length.add(get(dg.address() + at, count)), dg.address() + at, count);
        else put(length, dg.address() + at, count);
        var scale = get(weight.g.address() + at, count).mul(norm);
        var along = length.mul(norm).neg();
        for (int i = 0; i < v.rows(); i++) {
            var d = get(v.row(i) + at, count).fma(along, get(dw.row(i) + at, count)).mul(scale);
            if (addV) put(d.add(get(dv.row(i) + at, count)), dv.row(i) + at, count);
            else put(d, dv.row(i) + at, count);
        }
    }

    /// @param v      [n, F]
    /// @param g      [1, F]
    /// @param norms  1 / ‖v‖ of each column, [1, F]
    public record Columns(Matrix v, Matrix g, Matrix norms) {}
}
