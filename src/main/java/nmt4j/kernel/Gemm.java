package nmt4j.kernel;

import java.util.concurrent.atomic.LongAdder;

/// Matrix products in float32: oneDNN 3's where it is there and the processor has AVX2, which takes matrices with room between
/// their rows as they are; otherwise ND4J's. A product runs on the calling thread alone; many run at once, each on its own tile.
public final class Gemm {
    /// Rows of x·W are computed in groups of this many. With AVX2 oneDNN takes another path, with other bits, for the last rows if
    /// there are fewer than 4 of 6, and that of ND4J (as of 1.0.0-M2.1) with AVX-512 for a single row: so forward products round
    /// the number of rows up, the arena leaves room, and a row's bits never depend on how many rows there are. (By ND4J they depend
    /// on its place if W has room between its rows, or is some columns of a wider matrix: the first 6 rows are other than the rest.
    /// Where that matters, in decoding, what lies between rows is multiplied as well.)
    public static final int ROWS = 12;

    /// In products of rows: more than a line of a small model takes.
    private static final WarmUp FIRST = new WarmUp(1_000);
    private static final LongAdder OPERATIONS = new LongAdder();
    private static final ThreadLocal<Gemm> OF_THREAD = ThreadLocal.withInitial(Gemm::new);

    private long operations;
    private boolean isAlone; // whether oneDNN has been told to use the calling thread alone

    private Gemm() {}

    /// Loads what a first product of rows would wait for.
    public static void load() {
        try (var memory = java.lang.foreign.Arena.ofConfined()) {
            var x = new Matrix(memory.allocate(2L * ROWS * ROWS * Float.BYTES, MemoryBlock.ALIGNMENT).address(), ROWS,
                    ROWS);
            productOfRows(x, x, new Matrix(x.row(ROWS), ROWS, ROWS));
        }
    }

    /// Multiplications and additions of all products so far, in all threads.
    public static long operations() {
        return OPERATIONS.sum();
    }

    /// The same of the calling thread alone.
    static long operationsOfThread() {
        return OF_THREAD.get().operations;
    }

    /// Adds what another product than those of this class does.
    static void count(long operations) {
        OF_THREAD.get().add(operations);
    }

    private void add(long operations) {
        OPERATIONS.add(operations);
        this.operations += operations;
    }

    /// The number of rows that a forward product of n rows computes.
    public static int roundUp(int n) {
        return (n + ROWS - 1) / ROWS * ROWS;
    }

    /// z = x · y, or z += x · y.
    ///
    /// @param x           [m, k]
    /// @param y           [k, n]
    /// @param z           [m, n]
    /// @param accumulate  whether the product is added to z
    public static void product(Matrix x, Matrix y, Matrix z, boolean accumulate) {
        multiply(Transpose.NONE, x, y, z, accumulate);
    }

    /// z = x · yᵀ, or z += x · yᵀ.
    ///
    /// @param x  [m, k]
    /// @param y  [n, k]
    /// @param z  [m, n]
    public static void productWithTransposed(Matrix x, Matrix y, Matrix z, boolean accumulate) {
        multiply(Transpose.RIGHT, x, y, z, accumulate);
    }

    /// z = xᵀ · y, or z += xᵀ · y.
    ///
    /// @param x  [k, m]
    /// @param y  [k, n]
    /// @param z  [m, n]
    public static void productOfTransposed(Matrix x, Matrix y, Matrix z, boolean accumulate) {
        multiply(Transpose.LEFT, x, y, z, accumulate);
    }

    /// Any of the three.
    static void multiply(Transpose transpose, Matrix x, Matrix y, Matrix z, boolean accumulate) {
        transpose.require(x, y, z);
        int k = transpose.k(x);
        if (z.size() == 0) return;
        if (k == 0) { // oneDNN 3 leaves z as it is
            if (!accumulate) z.fill(0);
            return;
        }
        var thread = OF_THREAD.get();
        thread.add(2L * z.size() * k);
        if (Sgemm.MULTIPLIES) thread.multiplyByOneDnn(transpose, x, y, z, accumulate);
        else Nd4jProduct.multiply(transpose, x, y, z, accumulate);
    }

    /// z = x · y of as many rows as `toCompute` has of up to 240, each of them with the same bits whatever the others are. The first
    /// ones of a process are ND4J's with AVX2, which has the same bits a tenth of a second before oneDNN 3 is loaded.
    ///
    /// @param x  [m, k]
    /// @param y  [k, n]
    /// @param z  [m, n]; if y has room between its rows, as much, and what lies there may be written
    static void productOfRows(Matrix x, Matrix y, Matrix z) {
        var whole = y.isContiguous() ? z : z.whole();
        if (hasAvx512()) product(x, y.whole(), whole, false);
        else if (FIRST.isOver(1) && Sgemm.MULTIPLIES) product(x, y, z, false);
        else productByNd4j(x, y.whole(), whole);
    }

    /// z = x · y.
    static void productByNd4j(Matrix x, Matrix y, Matrix z) {
        Transpose.NONE.require(x, y, z);
        count(2L * z.size() * x.columns());
        Nd4jProduct.multiply(Transpose.NONE, x, y, z, false);
    }

    private void multiplyByOneDnn(Transpose transpose, Matrix x, Matrix y, Matrix z, boolean accumulate) {
        if (!isAlone) OneDnnLibrary.useOneThread();
        isAlone = true;
        OneDnnLibrary.multiply(transpose, x, y, z, accumulate);
    }

    /// Whether x·yᵀ takes so much longer than x·y that a transpose is better written out for a batch: with AVX-512, where oneDNN 3
    /// mostly reads y as it lies. (264 × 1024 × 256: 118 and 185 GFLOP/s, 32 × 2048 × 512: 42 and 119, on two cores of a Xeon of
    /// model 85.) With AVX2 it copies y in any case, and the gain only pays for one copy more.
    public static boolean isSlowerWithTransposed() {
        return Sgemm.IS_SLOWER_WITH_TRANSPOSED;
    }

    /// Whether the processor has vectors of 512 bits, which the libraries use; the JVM may not (on a Xeon of model 85 it does not).
    static boolean hasAvx512() {
        return Isa.HAS_AVX512;
    }

    /// Whether whoever multiplies uses them.
    static boolean usesAvx512() {
        return Sgemm.USES_AVX512;
    }

    /// Whether oneDNN 3 multiplies: it takes matrices where they lie, whatever room is between rows, and no `Scratch`.
    static boolean isByOneDnn() {
        return Sgemm.MULTIPLIES;
    }

    /// Rows `from` to `to`, rounded up to a whole group: `from` is a multiple of `ROWS`, and the matrix has room for whole
    /// groups behind its last row, as the arena's matrices have. (Few different shapes are also few descriptions that ND4J
    /// keeps for good.)
    public static Matrix group(Matrix x, int from, int to) {
        return new Matrix(x.row(from), roundUp(to - from), x.columns(), x.stride());
    }

    /// As many rows from `from` on as have to be computed so that the bits of those to `to` do not depend on how many they are: a
    /// whole group at most.
    static Matrix toCompute(Matrix x, int from, int to) {
        if (!AnyRows.ARE_TAKEN) return group(x, from, to);
        return new Matrix(x.row(from), Math.max(to - from, AnyRows.FEWEST), x.columns(), x.stride());
    }

    /// The whole matrix as a group, with zeros in the room behind its last row: rows that add nothing to a sum over rows.
    public static Matrix zeroFilledGroup(Matrix x) {
        var group = group(x, 0, x.rows());
        for (int t = x.rows(); t < group.rows(); t++) Elementwise.fill(group.row(t), x.columns(), 0);
        return group;
    }

    /// What is known without any library.
    private static final class Isa {
        static final boolean HAS_AVX512 = Processor.hasAvx512();
    }

    /// dnnl_sgemm, loaded only where it is of use.
    private static final class Sgemm {
        static final boolean MULTIPLIES = Processor.hasAvx2() && OneDnn.hasAvx2();
        static final boolean USES_AVX512 = MULTIPLIES ? OneDnn.hasAvx512() : hasAvx512();
        static final boolean IS_SLOWER_WITH_TRANSPOSED = MULTIPLIES && USES_AVX512;
    }

    /// Whether the bits of a row depend on no others, but where it has none and k is some hundred and more: with AVX-512.
    private static final class AnyRows {
        static final boolean ARE_TAKEN = hasAvx512() && OneDnn.hasAvx512();
        static final int FEWEST = 2;
    }
}
