package nmt4j.kernel;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.nd4j.nativeblas.OpaqueContext;

/// ND4J's `matmul` op, which is oneDNN 2.3's where the CPU is an x86, or OpenBLAS's.
///
/// The op is called through ND4J's native interface with addresses instead of arrays: 5 µs a call instead of 30.
public final class Nd4jProduct {
    static {
        NativeLibraries.load();
    }

    private static final ThreadLocal<Nd4jProduct> OF_THREAD = new ThreadLocal<>();

    private final NativeOps ops = NativeOpsHolder.getInstance().getDeviceNativeOps();
    private final OpaqueContext context = ops.createGraphContext(1);
    private final long operation = Nd4j.getExecutioner().getCustomOperations().get("matmul").getHash();
    private final Address x = new Address();
    private final Address y = new Address();
    private final Address z = new Address();
    private final LongPointer transpositions = new LongPointer(0, 0, 0);
    private final DoublePointer scales = new DoublePointer(1, 0);
    private final Map<Shape, Pointer> shapes = new HashMap<>();

    private Nd4jProduct() {
        ops.setOmpNumThreads(1);
        ops.ctxShapeFunctionOverride(context, true);
    }

    /// Loads what a first product would wait for.
    public static void load() {
        ofThread();
    }

    /// Gives back what the calling thread has.
    static void free() {
        var thread = OF_THREAD.get();
        if (thread == null) return;
        thread.ops.deleteGraphContext(thread.context);
        OF_THREAD.remove();
    }

    private static Nd4jProduct ofThread() {
        var thread = OF_THREAD.get();
        if (thread == null) OF_THREAD.set(thread = new Nd4jProduct());
        return thread;
    }

    /// A product, or z plus it; of shapes see `Transpose`. With AVX-512 OpenBLAS, to which ND4J leaves matrices with room between
    /// their rows, takes longer than oneDNN and a copy.
    static void multiply(Transpose transpose, Matrix x, Matrix y, Matrix z, boolean accumulate) {
        var product = ofThread();
        boolean suits = suitsOneDnn(y);
        if (transpose == Transpose.LEFT && z.isContiguous() && suits) {
            product.run(transpose, withoutRoom(x), y, z, accumulate);
        } else if (transpose == Transpose.RIGHT && x.isContiguous() && !z.isContiguous() && !accumulate && suits) {
            var whole = room(z);
            product.run(transpose, x, y, whole, false);
            Elementwise.copy(whole, z);
        } else {
            product.run(transpose, x, y, z, accumulate);
        }
    }

    private static boolean suitsOneDnn(Matrix y) {
        return Gemm.hasAvx512() && y.isContiguous();
    }

    /// x, or a copy of it that has no room between its rows.
    private static Matrix withoutRoom(Matrix x) {
        if (x.isContiguous()) return x;
        var copy = room(x);
        Elementwise.copy(x, copy);
        return copy;
    }

    /// Memory of the thread for a matrix of x's shape without room between its rows.
    private static Matrix room(Matrix x) {
        return new Matrix(Scratch.floats(x.size()), x.rows(), x.columns());
    }

    /// A product in bfloat16, summed up in float32 and rounded; of shapes see `Transpose`.
    ///
    /// @return  false if ND4J has no such product on this processor; then z is undefined
    static boolean multiply(Transpose transpose, Bfloat16Matrix x, Bfloat16Matrix y, Bfloat16Matrix z) {
        var product = ofThread();
        product.set(transpose);
        return product.tryToRun(x.address(), shape(x), y.address(), shape(y), z.address(), shape(z), transpose.k(x));
    }

    /// z = x · y of whole numbers, exact as long as |x[i, l] y[l, j] + x[i, l + 1] y[l + 1, j]| < 2¹⁵ and sums are below 2³¹ (x86
    /// without VNNI adds two products in 16 bits). All three lie without room between their rows.
    ///
    /// @param x  [m, k], 0 … 255, a byte each
    /// @param y  [k, n], −128 … 127, a byte each
    /// @param z  [m, n], in int32
    /// @return   false if ND4J has no such product on this processor; then z is undefined
    static boolean multiply(long x, long y, long z, int m, int k, int n) {
        var product = ofThread();
        product.set(Transpose.NONE);
        return product.tryToRun(x, new Shape(m, k, k, DataType.UINT8), y, new Shape(k, n, n, DataType.INT8), z,
                new Shape(m, n, n, DataType.INT32), k);
    }

    private void set(Transpose transpose) {
        transpositions.put(0, transpose == Transpose.LEFT ? 1 : 0).put(1, transpose == Transpose.RIGHT ? 1 : 0);
    }

    private void run(Transpose transpose, Matrix a, Matrix b, Matrix c, boolean accumulate) {
        set(transpose);
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
        else Gemm.count(2L * ofC.rows * ofC.columns * k);
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
