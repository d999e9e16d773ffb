package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.bound;
import static nmt4j.kernel.Vectors.load;
import static nmt4j.kernel.Vectors.loadBfloat16;
import static nmt4j.kernel.Vectors.store;
import static nmt4j.kernel.Vectors.storeBfloat16;

import jdk.incubator.vector.VectorOperators;

/// Between float32 and bfloat16. Rounding is to the nearest, of two that are equally near to the even one; infinities stay,
/// and what is no number stays none.
public final class RoundingKernel {
    private static final int HALF = 16; // bits that are lost
    private static final int JUST_BELOW = 0x7fff; // half of the last bit that stays, less one
    private static final int NO_NUMBER = 0x7fc0;

    private static final WarmUp WARM_UP = WarmUp.ofRows();

    private RoundingKernel() {}

    /// y = x, rounded.
    ///
    /// @param x, y  [m, n]
    public static void round(Matrix x, Bfloat16Matrix y) {
        for (int i = 0; i < x.rows(); i++) round(x.row(i), y.row(i), x.columns());
    }

    /// The same of n consecutive numbers.
    public static void round(long x, long y, int n) {
        if (WARM_UP.isOver(n)) roundVectors(x, y, n);
        else roundScalars(x, y, n);
    }

    static void roundVectors(long x, long y, int n) {
        int end = bound(n);
        for (int j = 0; j < end; j += LANES) {
            var v = load(x + (long) j * Float.BYTES);
            var bits = v.reinterpretAsInts();
            var even = bits.lanewise(VectorOperators.LSHR, HALF).and(1);
            var rounded = bits.add(JUST_BELOW).add(even).lanewise(VectorOperators.LSHR, HALF);
            storeBfloat16(rounded.blend(NO_NUMBER, v.test(VectorOperators.IS_NAN).cast(Vectors.Ints.SPECIES)),
                    y + (long) j * Bfloat16Matrix.BYTES);
        }
        for (int j = end; j < n; j++)
            Vectors.setShort(y + (long) j * Bfloat16Matrix.BYTES, rounded(Vectors.get(x + (long) j * Float.BYTES)));
    }

    /// The same, one number at a time: see `ScalarRows`.
    static void roundScalars(long x, long y, int n) {
        var row = ScalarRows.row(x, n);
        var rounded = new short[n];
        for (int j = 0; j < n; j++) rounded[j] = rounded(row[j]);
        Vectors.copy(rounded, y);
    }

    /// The upper half of x's bits, rounded.
    static short rounded(float x) {
        if (Float.isNaN(x)) return NO_NUMBER;
        int bits = Float.floatToRawIntBits(x);
        return (short) (bits + JUST_BELOW + (bits >>> HALF & 1) >>> HALF);
    }

    /// y = x, or y += x.
    ///
    /// @param x, y  [m, n]
    public static void widen(Bfloat16Matrix x, Matrix y, boolean accumulate) {
        for (int i = 0; i < x.rows(); i++)
            if (accumulate) add(x.row(i), y.row(i), x.columns());
            else widen(x.row(i), y.row(i), x.columns());
    }

    /// y = x, of n consecutive numbers.
    static void widen(long x, long y, int n) {
        if (WARM_UP.isOver(n)) widenVectors(x, y, n);
        else widenScalars(x, y, n);
    }

    static void widenVectors(long x, long y, int n) {
        int end = bound(n);
        for (int j = 0; j < end; j += LANES)
            store(loadBfloat16(x + (long) j * Bfloat16Matrix.BYTES), y + (long) j * Float.BYTES);
        for (int j = end; j < n; j++)
            Vectors.set(y + (long) j * Float.BYTES, widened(x + (long) j * Bfloat16Matrix.BYTES));
    }

    /// The same, one number at a time: see `ScalarRows`.
    static void widenScalars(long x, long y, int n) {
        var row = new short[n];
        Vectors.copy(x, row);
        var widened = new float[n];
        for (int j = 0; j < n; j++) widened[j] = widened(row[j]);
        ScalarRows.store(widened, y);
    }

    private static void add(long x, long y, int n) {
        int end = bound(n);
        for (int j = 0; j < end; j += LANES) {
            long at = y + (long) j * Float.BYTES;
            store(load(at).add(loadBfloat16(x + (long) j * Bfloat16Matrix.BYTES)), at);
        }
        for (int j = end; j < n; j++) {
            long at = y + (long) j * Float.BYTES;
            Vectors.set(at, Vectors.get(at) + widened(x + (long) j * Bfloat16Matrix.BYTES));
        }
    }

    static float widened(long address) {
        return widened(Vectors.getShort(address));
    }

    /// The float with these upper bits.
    static float widened(short bits) {
        return Float.intBitsToFloat(bits << HALF);
    }
}
