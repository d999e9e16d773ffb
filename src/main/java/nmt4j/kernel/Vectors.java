package nmt4j.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Loads and stores of float vectors and scalars at native addresses, the widest vectors that the CPU has.
///
/// Addresses are trusted: `Matrix` and the operations above check shapes before a kernel runs.
final class Vectors {
    static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    static final int LANES = FLOATS.length();
    static final int BYTES = LANES * Float.BYTES;

    @SuppressWarnings("restricted") // addresses are ours, see Arena
    private static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final Class<? extends FloatVector> CLASS = FLOATS.vectorType().asSubclass(FloatVector.class);

    // Each of these classes is set up when a kernel first needs it: together they take a tenth of a second, which a first
    // translation does without.

    static final class Ints {
        static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_PREFERRED;
        private static final Class<? extends IntVector> CLASS = SPECIES.vectorType().asSubclass(IntVector.class);
        private static final IntVector LANE_NUMBERS = IntVector.zero(SPECIES).addIndex(1);
    }

    private static final class Bytes {
        /// As many as there are floats in a vector, or the least that a vector has.
        static final VectorSpecies<Byte> FEW =
                VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, LANES * Byte.SIZE)));
        static final VectorSpecies<Byte> TWICE_AS_MANY =
                VectorSpecies.of(byte.class, VectorShape.forBitSize(2 * LANES * Byte.SIZE));
    }

    private static final class Shorts {
        static final VectorSpecies<Short> SPECIES =
                VectorSpecies.of(short.class, VectorShape.forBitSize(LANES * Short.SIZE));
    }

    private static final class Shuffles {
        static final VectorShuffle<Float> EIGHT_ON = on(8);
        static final VectorShuffle<Float> FOUR_ON = on(4);
        static final VectorShuffle<Float> TWO_ON = on(2);

        private static VectorShuffle<Float> on(int lanes) {
            return VectorShuffle.fromOp(FLOATS, i -> (i + lanes) % LANES);
        }
    }

    private Vectors() {}

    /// The same vector, of which the JIT knows the class: an operation on what goes round in a loop, or comes out of it, would
    /// be a virtual call to it, and the vector an object. (So in a loop what goes round is given to an operation, on a vector
    /// that was just made.)
    static FloatVector exact(FloatVector v) {
        return CLASS.cast(v);
    }

    static IntVector exact(IntVector v) {
        return Ints.CLASS.cast(v);
    }

    /// The same address, of which the JIT knows that it lies in memory: it leaves out what checks that at each load and store
    /// there and a `step` or more further on.
    static long known(long address) {
        return address & Long.MAX_VALUE >> 1;
    }

    /// Bytes from one row to the next for such an address.
    static long step(int stride) {
        return (long) (stride & Integer.MAX_VALUE) * Float.BYTES;
    }

    static FloatVector load(long address) {
        return FloatVector.fromMemorySegment(FLOATS, MEMORY, address, ORDER);
    }

    /// A byte a lane from memory, each as a float; 8 bytes at least are read.
    static FloatVector loadBytes(long address) {
        return (FloatVector) ByteVector.fromMemorySegment(Bytes.FEW, MEMORY, address, ORDER).castShape(FLOATS, 0);
    }

    /// Stores the lowest byte of each lane; 8 bytes at least are written.
    static void storeBytes(IntVector numbers, long address) {
        ((ByteVector) numbers.castShape(Bytes.FEW, 0)).intoMemorySegment(MEMORY, address, ORDER);
    }

    /// Copies two bytes for each lane of floats.
    static void copyBytes(long from, long to) {
        ByteVector.fromMemorySegment(Bytes.TWICE_AS_MANY, MEMORY, from, ORDER).intoMemorySegment(MEMORY, to, ORDER);
    }

    /// A bfloat16 number a lane from memory, each as the float that has those upper bits.
    static FloatVector loadBfloat16(long address) {
        var bits = (IntVector) ShortVector.fromMemorySegment(Shorts.SPECIES, MEMORY, address, ORDER)
                .castShape(Ints.SPECIES, 0);
        return bits.lanewise(VectorOperators.LSHL, Short.SIZE).reinterpretAsFloats();
    }

    /// Stores the lower half of each lane.
    static void storeBfloat16(IntVector bits, long address) {
        ((ShortVector) bits.castShape(Shorts.SPECIES, 0)).intoMemorySegment(MEMORY, address, ORDER);
    }

    /// The first `count` lanes from memory, 0 in the others.
    static FloatVector load(long address, int count) {
        return FloatVector.fromMemorySegment(FLOATS, MEMORY, address, ORDER, FLOATS.indexInRange(0, count));
    }

    static void store(FloatVector v, long address) {
        exact(v).intoMemorySegment(MEMORY, address, ORDER);
    }

    /// Stores the first `count` lanes.
    static void store(FloatVector v, long address, int count) {
        exact(v).intoMemorySegment(MEMORY, address, ORDER, FLOATS.indexInRange(0, count));
    }

    /// The first `count` lanes from memory: all of them, or less at the end of a row.
    static FloatVector get(long address, int count) {
        return count == LANES ? load(address) : load(address, count);
    }

    static void put(FloatVector v, long address, int count) {
        if (count == LANES) store(v, address);
        else store(v, address, count);
    }

    static FloatVector get(float[] from, int index) {
        return FloatVector.fromArray(FLOATS, from, index);
    }

    static FloatVector broadcast(float x) {
        return FloatVector.broadcast(FLOATS, x);
    }

    static FloatVector zero() {
        return FloatVector.zero(FLOATS);
    }

    /// The first `count` lanes: `indexInRange`, of which the JIT (of JDK 25, on AVX2) makes an object within a blend.
    static VectorMask<Float> first(int count) {
        return Ints.LANE_NUMBERS.lt(count).cast(FLOATS);
    }

    /// first, first + 1, …
    static IntVector indices(int first) {
        return Ints.LANE_NUMBERS.add(first);
    }

    static float get(long address) {
        return MEMORY.get(FLOAT, address);
    }

    static byte getByte(long address) {
        return MEMORY.get(ValueLayout.JAVA_BYTE, address);
    }

    static void setByte(long address, byte x) {
        MEMORY.set(ValueLayout.JAVA_BYTE, address, x);
    }

    static short getShort(long address) {
        return MEMORY.get(SHORT, address);
    }

    static void setShort(long address, short x) {
        MEMORY.set(SHORT, address, x);
    }

    static void set(long address, float x) {
        MEMORY.set(FLOAT, address, x);
    }

    /// Copies n floats to other memory.
    static void copy(long from, long to, int n) {
        MemorySegment.copy(MEMORY, from, MEMORY, to, (long) n * Float.BYTES);
    }

    /// Copies bytes of a segment to an address.
    static void copy(MemorySegment from, long offset, long to, long bytes) {
        MemorySegment.copy(from, offset, MEMORY, to, bytes);
    }

    static void copy(long from, float[] to) {
        MemorySegment.copy(MEMORY, FLOAT, from, to, 0, to.length);
    }

    static void copy(long from, byte[] to) {
        MemorySegment.copy(MEMORY, ValueLayout.JAVA_BYTE, from, to, 0, to.length);
    }

    static void copy(float[] from, int count, long to) {
        MemorySegment.copy(from, 0, MEMORY, FLOAT, to, count);
    }

    static void copy(long from, short[] to) {
        MemorySegment.copy(MEMORY, ValueLayout.JAVA_SHORT_UNALIGNED, from, to, 0, to.length);
    }

    static void copy(short[] from, long to) {
        MemorySegment.copy(from, 0, MEMORY, ValueLayout.JAVA_SHORT_UNALIGNED, to, from.length);
    }

    /// The sum of the lanes, each half of what is left added to the other: the same bits interpreted and compiled.
    static float sum(FloatVector v) {
        v = exact(v);
        if (LANES > 8) v = v.add(v.rearrange(Shuffles.EIGHT_ON));
        if (LANES > 4) v = v.add(v.rearrange(Shuffles.FOUR_ON));
        if (LANES > 2) v = v.add(v.rearrange(Shuffles.TWO_ON));
        return v.lane(0) + v.lane(1);
    }

    /// The lanes as whole numbers in the order of the floats, NaN beyond the infinity of its sign. The larger of two whole
    /// numbers is one instruction; `FloatVector.max`, which looks for NaN, is five or more, each waiting for the one before.
    static IntVector ordered(FloatVector v) {
        var bits = v.reinterpretAsInts();
        return bits.lanewise(VectorOperators.XOR,
                bits.lanewise(VectorOperators.ASHR, 31).lanewise(VectorOperators.LSHR, 1));
    }

    /// The float of the least of such numbers.
    static float least(IntVector ordered) {
        return fromOrdered(exact(ordered).reduceLanes(VectorOperators.MIN));
    }

    /// The float of the largest of such numbers.
    static float largest(IntVector ordered) {
        return fromOrdered(exact(ordered).reduceLanes(VectorOperators.MAX));
    }

    private static float fromOrdered(int x) {
        return Float.intBitsToFloat(x ^ x >> 31 >>> 1);
    }

    /// max(x, least), where that is a number: NaN stays NaN, and −0 becomes 0 if that is the least, as by `max` itself, of more
    /// instructions.
    static FloatVector atLeast(FloatVector x, float least) {
        return x.blend(least, x.compare(VectorOperators.LE, least));
    }

    /// min(x, most), likewise.
    static FloatVector atMost(FloatVector x, float most) {
        return x.blend(most, x.compare(VectorOperators.GT, most));
    }

    /// The largest multiple of the vector length that is at most n.
    static int bound(int n) {
        return n - n % LANES;
    }

    /// The least multiple of the vector length that is at least n.
    static int roundUp(int n) {
        return (n + LANES - 1) / LANES * LANES;
    }

    static MemorySegment memory(long address, long bytes) {
        return MEMORY.asSlice(address, bytes);
    }
}
