package nmt4j.tensor;

import java.lang.foreign.MemorySegment;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import nmt4j.Failure;
import nmt4j.kernel.Arena;
import nmt4j.kernel.Bfloat16Weight;
import nmt4j.kernel.Int8Matrix;
import nmt4j.kernel.Matrix;
import nmt4j.kernel.Quantized;
import nmt4j.kernel.Randomness;
import nmt4j.kernel.Rounded;
import nmt4j.kernel.RowStride;
import nmt4j.kernel.Unpacked;
import nmt4j.kernel.Unpacked.Axis;

/// All weights of a model in the order in which its layers declare them; then, in one piece of memory each, their values
/// and gradients, so that clipping and the optimizer go through them in one pass.
///
/// Until `allocate` nothing native is touched: a model can be declared only to count its parameters. Each parameter begins
/// at a multiple of 16 elements, and its rows may have room between them, see `RowStride`; the elements
/// between are 0 and stay 0.
public final class Parameters implements AutoCloseable {
    private static final int ALIGNMENT = 16;

    private final Map<String, Parameter> byName = new LinkedHashMap<>();
    private final Set<Parameter> frozen = new LinkedHashSet<>();
    private Arena arena;
    private Matrix values;
    private Matrix gradients;

    /// A place in the model's tree of names: `encoder.layers.0`.
    public record Scope(Parameters parameters, String path) {
        public Scope in(String name) {
            return new Scope(parameters, path.isEmpty() ? name : path + "." + name);
        }

        public Scope in(int number) {
            return in(Integer.toString(number));
        }

        /// Declares the parameter `path.name`, [rows, columns].
        public Parameter add(String name, int rows, int columns, Initializer initializer) {
            return parameters.add(new Parameter(in(name).path, rows, columns, initializer, Axis.COLUMN));
        }

        /// Declares a table whose rows are looked up: vectors of words or positions.
        public Parameter table(String name, int rows, int columns, Initializer initializer) {
            return parameters.add(new Parameter(in(name).path, rows, columns, initializer, Axis.ROW));
        }

        /// Declares a row vector [1, size].
        public Parameter add(String name, int size, Initializer initializer) {
            return add(name, 1, size, initializer);
        }
    }

    /// The root of the names.
    public Scope root() {
        return new Scope(this, "");
    }

    private Parameter add(Parameter parameter) {
        if (arena != null) throw new IllegalStateException("declared after allocation: " + parameter.name());
        if (byName.putIfAbsent(parameter.name(), parameter) != null)
            throw new IllegalArgumentException("declared twice: " + parameter.name());
        return parameter;
    }

    /// Takes memory for all values and, for training, for all gradients. Values are 0 until `initialize` or until they are read.
    public void allocate(boolean forTraining) {
        reserve(forTraining);
        values.clear();
        if (forTraining) gradients.clear();
    }

    /// The same, but that nothing is written there: the system gives such memory without having it.
    public void reserve(boolean forTraining) {
        if (room(forTraining) > Integer.MAX_VALUE)
            throw Failure.mistake(String.format(Locale.ROOT, "model: %,d parameters; %,d at most, with their gaps",
                    count(), Integer.MAX_VALUE));
        arena = new Arena();
        values = arena.vector((int) room(forTraining));
        gradients = forTraining ? arena.vector((int) room(forTraining)) : null;
        var rowStride = stride(forTraining);
        long offset = 0;
        for (var p : all()) {
            int stride = rowStride.of(p.columns());
            p.bind(slice(values, offset, p, stride), forTraining ? slice(gradients, offset, p, stride) : null);
            offset += aligned((long) p.rows() * stride);
        }
    }

    /// Takes numbers of fewer bits in place of floats.
    ///
    /// @param vector  the values of a parameter that is no matrix
    /// @param matrix  the numbers of one that is; asked for one after the other
    public void allocatePacked(Function<Parameter, float[]> vector, Function<Parameter, Unpacked> matrix) {
        var memory = new Arena();
        try {
            for (var p : all())
                if (p.isMatrix()) p.bind(matrix.apply(p).pack(memory));
                else p.bind(vector(memory, vector.apply(p)), null);
        } catch (RuntimeException | Error e) {
            memory.close();
            throw e;
        }
        close();
        arena = memory;
        values = null;
    }

    private static Matrix vector(Arena memory, float[] elements) {
        var vector = memory.vector(elements.length);
        vector.copyFrom(elements);
        return vector;
    }

    /// Puts numbers of that precision in the place of the floats that a model to translate with has.
    public void convert(Precision precision) {
        if (gradients != null) throw new IllegalStateException("a model that is trained stays in float32");
        if (precision != Precision.FLOAT32) allocatePacked(p -> p.value().toArray(), p -> unpacked(p, precision));
    }

    private static Unpacked unpacked(Parameter p, Precision precision) {
        var floats = p.value().toArray();
        return switch (precision) {
            case INT8 -> Quantized.of(floats, p.rows(), p.columns(), p.axis());
            case BFLOAT16 -> Rounded.of(floats, p.rows(), p.columns(), p.axis());
            case FLOAT32 -> throw new IllegalArgumentException("float32 is not packed");
        };
    }

    /// Of matrices.
    public Precision precision() {
        var packed = all().stream().flatMap(p -> p.packed().stream()).findFirst();
        return packed.map(matrix -> switch (matrix) {
            case Int8Matrix _ -> Precision.INT8;
            case Bfloat16Weight _ -> Precision.BFLOAT16;
        }).orElse(Precision.FLOAT32);
    }

    /// Fills all values: each parameter from random numbers that depend on the seed and on its name alone.
    public void initialize(long seed) {
        for (var p : all()) p.initialize(Randomness.key(seed, p.name().hashCode()));
    }

    public Collection<Parameter> all() {
        return Collections.unmodifiableCollection(byName.values());
    }

    /// The parameter of that name, or null.
    public Parameter get(String name) {
        return byName.get(name);
    }

    /// Number of elements of all parameters.
    public long count() {
        long count = 0;
        for (var p : all()) count += p.size();
        return count;
    }

    /// Number of elements that values, gradients or moments have room for: all parameters, with the gaps between them.
    public long room(boolean forTraining) {
        return room(stride(forTraining)::of);
    }

    private long room(IntUnaryOperator stride) {
        long size = 0;
        for (var p : all()) size += aligned((long) p.rows() * stride.applyAsInt(p.columns()));
        return size;
    }

    /// Copies numbers of all parameters, as `values` has them, from memory where rows may have other gaps: that of a machine
    /// where another library multiplies (see `RowStride`), or of an earlier version.
    ///
    /// @param to  of the size of `values`
    /// @return    false if they are not those of these parameters; then nothing is copied
    public boolean copy(MemorySegment from, MemorySegment to) {
        for (IntUnaryOperator stride : List.<IntUnaryOperator>of(n -> n, RowStride::roomy, Parameters::formerStride))
            if (from.byteSize() == room(stride) * Float.BYTES) {
                copy(from, stride, to);
                return true;
            }
        return false;
    }

    /// `RowStride.roomy` of version 0.1.
    private static int formerStride(int columns) {
        return columns % 512 == 0 ? columns + 16 : columns;
    }

    private void copy(MemorySegment from, IntUnaryOperator strideOfFrom, MemorySegment to) {
        long offset = 0;
        for (var p : all()) {
            long begin = p.value().address() - values.address();
            int stride = strideOfFrom.applyAsInt(p.columns());
            for (int i = 0; i < p.rows(); i++)
                MemorySegment.copy(from, (offset + (long) i * stride) * Float.BYTES, to,
                        begin + (long) i * p.value().stride() * Float.BYTES, (long) p.columns() * Float.BYTES);
            offset += aligned((long) p.rows() * stride);
        }
    }

    /// All values as [1, size], with the gaps between parameters.
    public Matrix values() {
        return values;
    }

    /// All gradients as [1, size]; complete after `settleGradients`.
    public Matrix gradients() {
        return gradients;
    }

    /// Training leaves this parameter as it is.
    public void freeze(Parameter parameter) {
        frozen.add(parameter);
    }

    public Collection<Parameter> frozen() {
        return Collections.unmodifiableCollection(frozen);
    }

    public void clearGradients() {
        for (var p : all()) p.clearGradient();
    }

    /// Sets the gradients that nothing wrote, and those of `frozen` parameters, to 0.
    public void settleGradients(Collection<Parameter> frozen) {
        for (var p : all()) if (!p.hasGradient() || frozen.contains(p)) p.receive().matrix().fill(0);
    }

    @Override
    public void close() {
        if (arena != null) arena.close();
    }

    private static Matrix slice(Matrix vector, long offset, Parameter p, int stride) {
        return new Matrix(vector.address() + offset * Float.BYTES, p.rows(), p.columns(), stride);
    }

    private static RowStride stride(boolean forTraining) {
        return forTraining ? RowStride.TRAINED_WEIGHT : RowStride.DECODED_WEIGHT;
    }

    private static long aligned(long size) {
        return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
