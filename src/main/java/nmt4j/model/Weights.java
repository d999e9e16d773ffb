package nmt4j.model;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import nmt4j.Failure;
import nmt4j.tensor.Parameter;
import nmt4j.tensor.Parameters;

/// Parameters to and from the tensors of a file, under the same names. A row vector has one dimension in the file.
final class Weights {
    private Weights() {}

    static List<SafeTensors.Source> sources(Parameters parameters) {
        var sources = new ArrayList<SafeTensors.Source>();
        for (var p : parameters.all())
            sources.add(new SafeTensors.Source(p.name(), ElementType.F32, shape(p), () -> p.value().packed()));
        return sources;
    }

    private static List<Long> shape(Parameter p) {
        return p.rows() == 1 ? List.of((long) p.columns()) : List.of((long) p.rows(), (long) p.columns());
    }

    /// @throws Failure  unless the file has exactly these parameters
    static void requireShapes(Parameters parameters, SafeTensors file, Path path) {
        for (var p : parameters.all()) {
            var tensor = file.tensors().get(p.name());
            if (tensor == null) throw Failure.mistake(path + ": weights " + p.name() + " " + shape(p) + " are missing");
            if (!tensor.shape().equals(shape(p)) || tensor.type() != ElementType.F32)
                throw Failure.mistake("%s: weights %s: %s %s, expected F32 %s".formatted(path, p.name(), tensor.type(),
                        tensor.shape(), shape(p)));
        }
        for (var name : file.tensors().keySet())
            if (parameters.get(name) == null)
                throw Failure.mistake(path + ": weights that the model does not have: " + name);
    }

    /// @throws Failure  if a weight is not a number, or infinite
    static void read(Parameters parameters, SafeTensors file, Path path) {
        for (var p : parameters.all()) {
            var values = file.data(p.name());
            p.value().copyFrom(values);
            long bad = firstNonFinite(values);
            if (bad >= 0) throw Failure.mistake("%s: weights %s: element %,d is %s".formatted(path, p.name(), bad,
                    values.getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, bad)));
        }
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
