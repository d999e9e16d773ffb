package nmt4j.model;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import nmt4j.Failure;
import nmt4j.kernel.Int8Matrix;
import nmt4j.kernel.PackedMatrix;
import nmt4j.kernel.Quantized;
import nmt4j.kernel.Rounded;
import nmt4j.kernel.Unpacked;
import nmt4j.tensor.Parameter;
import nmt4j.tensor.Parameters;
import nmt4j.tensor.Precision;

/// Parameters to and from the tensors of a file, under the same names. A row vector has one dimension in the file.
///
/// A matrix in int8 is two tensors: its numbers, and with `.scale` behind the name its scales, [1, columns] or [rows, 1];
/// its elements are the one times the other. In bfloat16 it is one tensor.
final class Weights {
    private static final String SCALE = ".scale";
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final ValueLayout.OfShort BFLOAT16 =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    /// Of bfloat16, all ones in what is no finite number.
    private static final int EXPONENT = 0x7F80;

    private Weights() {}

    static List<SafeTensors.Source> sources(Parameters parameters) {
        var sources = new ArrayList<SafeTensors.Source>();
        var type = type(parameters.precision());
        for (var p : parameters.all())
            if (p.packed().isPresent()) add(p, type, p.packed().get(), sources);
            else sources.add(new SafeTensors.Source(p.name(), ElementType.F32, shape(p), () -> p.value().packed()));
        return sources;
    }

    private static void add(Parameter p, ElementType type, PackedMatrix packed, List<SafeTensors.Source> sources) {
        sources.add(new SafeTensors.Source(p.name(), type, shape(p),
                () -> Unpacked.of(packed, p.axis()).elements()));
        if (packed instanceof Int8Matrix matrix)
            sources.add(new SafeTensors.Source(p.name() + SCALE, ElementType.F32, scaleShape(p),
                    matrix.scales()::packed));
    }

    private static List<Long> shape(Parameter p) {
        return p.rows() == 1 ? List.of((long) p.columns()) : List.of((long) p.rows(), (long) p.columns());
    }

    private static List<Long> scaleShape(Parameter p) {
        return switch (p.axis()) {
            case COLUMN -> List.of(1L, (long) p.columns());
            case ROW -> List.of((long) p.rows(), 1L);
        };
    }

    /// @throws Failure  unless the file has exactly these parameters, and all matrices in one precision
    static void requireShapes(Parameters parameters, SafeTensors file, Path path) {
        var precision = precision(file);
        boolean int8 = precision == Precision.INT8;
        for (var p : parameters.all()) {
            requireShape(file, p.name(), p.isMatrix() ? type(precision) : ElementType.F32, shape(p), path);
            if (int8 && p.isMatrix()) requireShape(file, p.name() + SCALE, ElementType.F32, scaleShape(p), path);
        }
        for (var name : file.tensors().keySet())
            if (parameters.get(name) == null && !(int8 && isScale(name, parameters)))
                throw Failure.mistake(path + ": weights that the model does not have: " + name);
    }

    private static boolean isScale(String name, Parameters parameters) {
        if (!name.endsWith(SCALE)) return false;
        var p = parameters.get(name.substring(0, name.length() - SCALE.length()));
        return p != null && p.isMatrix();
    }

    private static void requireShape(SafeTensors file, String name, ElementType type, List<Long> shape, Path path) {
        var tensor = file.tensors().get(name);
        if (tensor == null) throw Failure.mistake(path + ": weights " + name + " " + shape + " are missing");
        if (!tensor.shape().equals(shape) || tensor.type() != type)
            throw Failure
                    .mistake(path + ": weights " + name + ": " + tensor.type() + " " + tensor.shape() + ", expected "
                            + type + " " + shape);
    }

    /// What the matrices of a file are made of.
    static Precision precision(SafeTensors file) {
        for (var precision : List.of(Precision.INT8, Precision.BFLOAT16))
            if (file.tensors().values().stream().anyMatch(tensor -> tensor.type() == type(precision))) return precision;
        return Precision.FLOAT32;
    }

    private static ElementType type(Precision precision) {
        return switch (precision) {
            case FLOAT32 -> ElementType.F32;
            case BFLOAT16 -> ElementType.BF16;
            case INT8 -> ElementType.I8;
        };
    }

    /// Reads the weights of a file of fewer bits than float32 as they are.
    ///
    /// @throws Failure  if a scale or a weight is not a number, or infinite
    static void readPacked(Parameters parameters, SafeTensors file, Path path) {
        parameters.allocatePacked(p -> floats(file, p.name(), path), p -> unpacked(p, file, path));
    }

    private static Unpacked unpacked(Parameter p, SafeTensors file, Path path) {
        var elements = file.data(p.name());
        return file.tensors().get(p.name()).type() == ElementType.I8
                ? new Quantized(p.rows(), p.columns(), p.axis(), elements.toArray(ValueLayout.JAVA_BYTE),
                        floats(file, p.name() + SCALE, path))
                : rounded(p, elements.toArray(BFLOAT16), path);
    }

    private static Rounded rounded(Parameter p, short[] numbers, Path path) {
        for (int i = 0; i < numbers.length; i++)
            if ((numbers[i] & EXPONENT) == EXPONENT)
                throw notFinite(path, p.name(), i, Float.intBitsToFloat(numbers[i] << Short.SIZE));
        return new Rounded(p.rows(), p.columns(), p.axis(), numbers);
    }

    private static float[] floats(SafeTensors file, String name, Path path) {
        var values = file.data(name);
        requireFinite(values, name, path);
        return values.toArray(FLOAT);
    }

    /// Reads weights into the memory of floats that parameters have.
    ///
    /// @throws Failure  if a weight is not a number, or infinite
    static void read(Parameters parameters, SafeTensors file, Path path) {
        for (var p : parameters.all()) {
            if (file.tensors().get(p.name()).type() != ElementType.F32) {
                p.value().copyFrom(unpacked(p, file, path).floats());
                continue;
            }
            var values = file.data(p.name());
            p.value().copyFrom(values);
            requireFinite(values, p.name(), path);
        }
    }

    private static void requireFinite(MemorySegment values, String name, Path path) {
        long bad = firstNonFinite(values);
        if (bad >= 0)
            throw notFinite(path, name, bad, values.getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, bad));
    }

    private static Failure notFinite(Path path, String name, long element, float value) {
        return Failure.mistake(String.format(Locale.ROOT, "%s: weights %s: element %,d is %s", path, name, element,
                value));
    }

    private static long firstNonFinite(MemorySegment values) {
        long size = values.byteSize() / Float.BYTES;
        var some = new int[(int) Math.min(size, 1 << 14)]; // an array is read fast before anything is compiled
        for (long from = 0; from < size; from += some.length) {
            int count = (int) Math.min(some.length, size - from);
            MemorySegment.copy(values, ValueLayout.JAVA_INT_UNALIGNED, from * Float.BYTES, some, 0, count);
            if (areFinite(some, count)) continue;
            for (int i = 0; i < count; i++) if (!Float.isFinite(Float.intBitsToFloat(some[i]))) return from + i;
        }
        return -1;
    }

    /// An exponent of all ones, which infinities and NaN have, is one that overflows into the sign when it is increased.
    private static boolean areFinite(int[] bits, int count) {
        int overflows = 0;
        for (int i = 0; i < count; i++) overflows |= (bits[i] & 0x7F800000) + 0x00800000;
        return overflows >= 0;
    }
}
