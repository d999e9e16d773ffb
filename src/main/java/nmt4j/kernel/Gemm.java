package nmt4j.kernel;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.nd4j.nativeblas.OpaqueContext;

/// Matrix products: ND4J's `matmul` op, which is oneDNN's where the CPU is an x86. A product runs on the calling thread
/// alone; many run at once, each on its own tile.
///
/// The op is called through ND4J's native interface with addresses instead of arrays: 5 µs a call instead of 30.
public final class Gemm {
    /// Rows of x·W are computed in groups of this many. oneDNN (as of ND4J 1.0.0-M2.1) takes another path, with other bits,
    /// for the last rows if there are fewer than 4 of 6 (AVX2), or for a single row (AVX-512): so forward products round the
    /// number of rows up, the arena leaves room, and a row's bits never depend on how many rows there are. (On its place
    /// they depend if W has room between its rows, or is some columns of a wider matrix: the first 6 rows are other than
    /// the rest. Where that matters, in decoding, weights are whole and without room.)
    public static final int ROWS = 12;

    static {
        NativeLibraries.load();
    }

    private static final ThreadLocal<Gemm> OF_THREAD = ThreadLocal.withInitial(Gemm::new);

    private final NativeOps ops = NativeOpsHolder.getInstance().getDeviceNativeOps();
    private final OpaqueContext context = ops.createGraphContext(1);
    private final long operation = Nd4j.getExecutioner().getCustomOperations().get("matmul").getHash();
    private final Address x = new Address();
    private final Address y = new Address();
    private final Address z = new Address();
    private final LongPointer transpositions = new LongPointer(0, 0, 0);
    private final DoublePointer scales = new DoublePointer(1, 0);
    private final Map<Shape, Pointer> shapes = new HashMap<>();
    private long arithmetic;

    private static final LongAdder OPERATIONS = new LongAdder();

    /// Multiplications and additions of all products so far, in all threads.
    public static long operations() {
        return OPERATIONS.sum();
    }

    /// Adds what another product than those of this class does.
    static void count(long operations) {
        OF_THREAD.get().add(operations);
    }

    private void add(long operations) {
        OPERATIONS.add(operations);
        arithmetic += operations;
    }

    /// The same of the calling thread alone.
    static long operationsOfThread() {
        return OF_THREAD.get().arithmetic;
    }

    private Gemm() {
        ops.setOmpNumThreads(1);
        ops.ctxShapeFunctionOverride(context, true);
    }

    /// The number of rows that a forward product of n rows computes.
    public static int roundUp(int n) {
        return (n + ROWS - 1) / ROWS * ROWS;
    }

    /// Elements from one row of a weight that is trained to the next: with AVX-512 as many as it has columns, since ND4J leaves
    /// matrices with room between their rows to OpenBLAS, which is slower there; with AVX2 a little more, see `roomyStride`.
    public static int stride(int columns) {
        return Wide.YES ? columns : roomyStride(columns);
    }

    /// A little more than the number of columns where rows would otherwise lie whole or half pages apart, and fall on the same
    /// places of the first cache (264 × 256 × 1024 at 136 in place of 81 GFLOP/s on two Zen 3 cores).
    public static int roomyStride(int columns) {
        return columns % 512 == 0 ? columns + 16 : columns;
    }

    /// The same of a weight to decode with, whose gaps are multiplied too, see `RowProduct`. With AVX2 320 × 256 × 1024 takes
    /// half the time so, with 768 columns 17 % less, with 256 5 %; with AVX-512 240 × 256 × 1024 10 % less, but with 768 or 256
    /// columns up to 6 % more, and with 512 the same.
    public static int wholeStride(int columns) {
        return columns % (Wide.YES ? 1024 : 256) == 0 ? columns + 16 : columns;
    }

    /// z = x · y, or z += x · y.
    ///
    /// @param x           [m, k]
    /// @param y           [k, n]
    /// @param z           [m, n]
    /// @param accumulate  whether the product is added to z
    public static void product(Matrix x, Matrix y, Matrix z, boolean accumulate) {
        require(x.rows() == z.rows() && y.columns() == z.columns() && x.columns() == y.rows(), x, y, z);
        OF_THREAD.get().run(x, y, z, 0, 0, accumulate);
    }

    /// z = x · yᵀ, or z += x · yᵀ.
    ///
    /// @param x  [m, k]
    /// @param y  [n, k]
    /// @param z  [m, n]
    public static void productWithTransposed(Matrix x, Matrix y, Matrix z, boolean accumulate) {
        require(x.rows() == z.rows() && y.rows() == z.columns() && x.columns() == y.columns(), x, y, z);
        // With AVX-512 OpenBLAS, to which a result with room between its rows is left, takes longer than oneDNN and a copy.
        boolean isForOneDnn = Wide.YES && !accumulate && x.isContiguous() && y.isContiguous() && !z.isContiguous();
        if (isForOneDnn) {
            var whole = room(z);
            OF_THREAD.get().run(x, y, whole, 0, 1, false);
            EmbeddingKernel.copy(whole, z);
        } else {
            OF_THREAD.get().run(x, y, z, 0, 1, accumulate);
        }
    }

    /// z = xᵀ · y, or z += xᵀ · y.
    ///
    /// @param x  [k, m]
    /// @param y  [k, n]
    /// @param z  [m, n]
    public static void productOfTransposed(Matrix x, Matrix y, Matrix z, boolean accumulate) {
        require(x.columns() == z.rows() && y.columns() == z.columns() && x.rows() == y.rows(), x, y, z);
        boolean isForOneDnn = Wide.YES && y.isContiguous() && z.isContiguous();
        OF_THREAD.get().run(isForOneDnn ? withoutRoom(x) : x, y, z, 1, 0, accumulate);
    }

    /// x, or a copy of it that has no room between its rows.
    private static Matrix withoutRoom(Matrix x) {
        if (x.isContiguous()) return x;
        var copy = room(x);
        EmbeddingKernel.copy(x, copy);
        return copy;
    }

    /// Memory of the thread for a matrix of x's shape without room between its rows.
    private static Matrix room(Matrix x) {
        return new Matrix(Scratch.floats(x.size()), x.rows(), x.columns());
    }

    /// z = x · y in bfloat16, summed up in float32 and rounded.
    ///
    /// @param x  [m, k], or [k, m] if it is transposed
    /// @param y  [k, n], or [n, k]
    /// @param z  [m, n]
    /// @return   false if ND4J has no such product on this processor; then z is undefined
    static boolean product(Bfloat16Matrix x, boolean transposeX, Bfloat16Matrix y, boolean transposeY,
            Bfloat16Matrix z) {
        var gemm = OF_THREAD.get();
        gemm.transpositions.put(0, transposeX ? 1 : 0).put(1, transposeY ? 1 : 0);
        return gemm.tryToRun(x.address(), shape(x), y.address(), shape(y), z.address(), shape(z),
                transposeX ? x.rows() : x.columns());
    }

    /// z = x · y of whole numbers, exact as long as |x[i, l] y[l, j] + x[i, l + 1] y[l + 1, j]| < 2¹⁵ and sums are below 2³¹ (x86
    /// without VNNI adds two products in 16 bits). All three lie without room between their rows.
    ///
    /// @param x  [m, k], 0 … 255, a byte each
    /// @param y  [k, n], −128 … 127, a byte each
    /// @param z  [m, n], in int32
    /// @return   false if ND4J has no such product on this processor; then z is undefined
    static boolean product(long x, long y, long z, int m, int k, int n) {
        var gemm = OF_THREAD.get();
        gemm.transpositions.put(0, 0).put(1, 0);
        return gemm.tryToRun(x, new Shape(m, k, k, DataType.UINT8), y, new Shape(k, n, n, DataType.INT8), z,
                new Shape(m, n, n, DataType.INT32), k);
    }

    /// Rows `from` to `to`, rounded up to a whole group: `from` is a multiple of `ROWS`, and the matrix has room for whole
    /// groups behind its last row, as the arena's matrices have. (Few different shapes are also few descriptions that ND4J
    /// keeps for good.)
    public static Matrix group(Matrix x, int from, int to) {
        return new Matrix(x.row(from), roundUp(to - from), x.columns(), x.stride());
    }

    /// The whole matrix as a group, with zeros in the room behind its last row: rows that add nothing to a sum over rows.
    public static Matrix zeroFilledGroup(Matrix x) {
        var group = group(x, 0, x.rows());
        for (int t = x.rows(); t < group.rows(); t++) Elementwise.fill(group.row(t), x.columns(), 0);
        return group;
    }

    private void run(Matrix a, Matrix b, Matrix c, int transposeA, int transposeB, boolean accumulate) {
        if (c.size() == 0) return;
        add(2L * c.size() * (transposeA == 1 ? a.rows() : a.columns()));
        transpositions.put(0, transposeA).put(1, transposeB);
        scales.put(1, accumulate ? 1 : 0);
        boolean done = execute(a.address(), shape(a), b.address(), shape(b), c.address(), shape(c));
        if (!done) throw new IllegalStateException("matmul: " + failure() + ": " + a + " " + b + " " + c);
    }

    /// @param k  of how many products an element of the result is the sum
    private boolean tryToRun(long a, Shape ofA, long b, Shape ofB, long c, Shape ofC, int k) {
        if (ofC.rows == 0 || ofC.columns == 0) return true;
        scales.put(1, 0);
        boolean done = execute(a, ofA, b, ofB, c, ofC);
        if (!done) failure();
        else add(2L * ofC.rows * ofC.columns * k);
        return done;
    }

    private boolean execute(long a, Shape ofA, long b, Shape ofB, long c, Shape ofC) {
        ops.setGraphContextInputArray(context, 0, x.at(a), description(ofA), null, null);
        ops.setGraphContextInputArray(context, 1, y.at(b), description(ofB), null, null);
        ops.setGraphContextOutputArray(context, 0, z.at(c), description(ofC), null, null);
        ops.setGraphContextIArguments(context, transpositions, 3);
        ops.setGraphContextTArguments(context, scales, 2);
        int status = ops.execCustomOp2(null, operation, context);
        ops.ctxPurge(context);
        return status == 0;
    }

    /// What went wrong. ND4J forgets it only when it is asked: until then, whatever it is called for next fails.
    private String failure() {
        return ops.lastErrorMessage();
    }

    private Pointer description(Shape shape) {
        return shapes.computeIfAbsent(shape, Shape::describe);
    }

    private static Shape shape(Matrix m) {
        return new Shape(m.rows(), m.columns(), m.stride(), DataType.FLOAT);
    }

    private static Shape shape(Bfloat16Matrix m) {
        return new Shape(m.rows(), m.columns(), m.columns(), DataType.BFLOAT16);
    }

    private static void require(boolean fits, Factor x, Factor y, Factor z) {
        if (!fits) throw new IllegalArgumentException("product of " + x + " and " + y + " into " + z);
    }

    /// Whether vectors are those of AVX-512. (The class of vectors is loaded for who asks only.)
    private static final class Wide {
        static final boolean YES = Vectors.LANES >= 16;
    }

    /// ND4J's description of a shape, which ND4J keeps for good.
    private record Shape(int rows, int columns, int stride, DataType type) {
        /// Like the JDK's own, which would first be made anew at each start.
        @Override
        public boolean equals(Object other) {
            return other instanceof Shape s && rows == s.rows && columns == s.columns && stride == s.stride
                    && type == s.type;
        }

        @Override
        public int hashCode() {
            return (rows * 31 + columns) * 31 + stride;
        }

        Pointer describe() {
            return Nd4j.getShapeInfoProvider()
                    .createShapeInformation(new long[] {rows, columns}, new long[] {stride, 1},
                            stride == columns ? 1 : 0,
                            'c', type, false)
                    .getFirst().addressPointer();
        }
    }

    /// A pointer that can be aimed anew: no object a call.
    private static final class Address extends Pointer {
        Address at(long there) {
            address = there;
            return this;
        }
    }
}
