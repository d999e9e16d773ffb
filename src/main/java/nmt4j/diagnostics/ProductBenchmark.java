package nmt4j.diagnostics;

import java.util.ArrayList;
import java.util.List;
import nmt4j.kernel.Arena;
import nmt4j.kernel.Bfloat16Factor;
import nmt4j.kernel.Bfloat16Product;
import nmt4j.kernel.Gemm;
import nmt4j.kernel.Matrix;
import nmt4j.kernel.PackedMatrix;
import nmt4j.kernel.Parallel;
import nmt4j.kernel.Quantized;
import nmt4j.kernel.Rounded;
import nmt4j.kernel.RowProduct;
import nmt4j.kernel.RowStride;
import nmt4j.kernel.Unpacked.Axis;
import nmt4j.tensor.Precision;

/// What matrix products this machine manages: each thread its own, as training does it.
public final class ProductBenchmark {
    /// The shapes in which the peak is looked for: those of training, large enough to pay the call.
    private static final List<Shape> SHAPES = List.of(new Shape(96, 256, 256), new Shape(96, 256, 1024),
            new Shape(96, 1024, 256), new Shape(480, 256, 1024), new Shape(480, 1024, 256), new Shape(480, 512, 2048),
            new Shape(480, 2048, 512), new Shape(480, 512, 8000), new Shape(960, 512, 2048));

    /// Of decoding: a sentence or a beam, and batches of them.
    private static final List<Shape> OF_STEPS = List.of(new Shape(1, 256, 1024), new Shape(1, 1024, 256),
            new Shape(1, 512, 2048), new Shape(1, 256, 8000), new Shape(5, 256, 1024), new Shape(5, 512, 2048),
            new Shape(64, 256, 1024), new Shape(64, 512, 2048), new Shape(320, 256, 1024), new Shape(320, 256, 8000));

    private ProductBenchmark() {}

    /// x [m, k] · y [k, n].
    public record Shape(int m, int k, int n) {
        private double operations() {
            return 2.0 * m * k * n;
        }
    }

    /// @param gigaflops  of all threads together, 10⁹ multiplications and additions a second
    public record Result(Shape shape, Precision precision, double gigaflops) {}

    /// Every shape of training, for `seconds` each.
    public static List<Result> ofTraining(Parallel parallel, double seconds, Precision precision) {
        return run(parallel, seconds, precision, SHAPES);
    }

    /// Every shape of training and of decoding; bfloat16 and int8 with what they do to x on the fly. (In bfloat16 products of
    /// training round both factors, those of decoding the weight.)
    public static List<Result> run(Parallel parallel, double seconds, Precision precision) {
        var shapes = new ArrayList<>(OF_STEPS);
        shapes.addAll(SHAPES);
        return run(parallel, seconds, precision, shapes);
    }

    private static List<Result> run(Parallel parallel, double seconds, Precision precision, List<Shape> shapes) {
        measure(parallel, shapes.getFirst(), precision, seconds); // the first products may come another way, see `WarmUp`
        var results = new ArrayList<Result>();
        for (var shape : shapes)
            results.add(new Result(shape, precision, measure(parallel, shape, precision, seconds)));
        return results;
    }

    /// The best of all shapes.
    public static double peak(List<Result> results) {
        return results.stream().mapToDouble(Result::gigaflops).max().orElseThrow();
    }

    private static double measure(Parallel parallel, Shape shape, Precision precision, double seconds) {
        try (var arena = new Arena()) {
            int rows = parallel.threads() * Gemm.roundUp(shape.m);
            boolean toDecode = OF_STEPS.contains(shape);
            var x = arena.matrix(rows, shape.k, toDecode ? shape.k : activationStride(shape.k, precision));
            var y = arena.matrix(shape.k, shape.n, stride(shape, precision, toDecode));
            var z = arena.matrix(rows, shape.n, toDecode ? y.stride() : activationStride(shape.n, precision));
            for (var matrix : List.of(x, y, z)) matrix.fill(0.5f);
            var operands = new Operands(shape, x, factor(y, precision, toDecode, arena), z);
            rate(parallel, operands, seconds / 4);
            return rate(parallel, operands, seconds);
        }
    }

    private static int activationStride(int columns, Precision precision) {
        return precision == Precision.BFLOAT16 ? Bfloat16Product.activationStride(columns)
                : RowStride.ACTIVATION.of(columns);
    }

    /// Of a weight as models have it, where it is not packed.
    private static int stride(Shape shape, Precision precision, boolean toDecode) {
        if (precision != Precision.FLOAT32) return shape.n;
        return (toDecode ? RowStride.DECODED_WEIGHT : RowStride.TRAINED_WEIGHT).of(shape.n);
    }

    private static Factor factor(Matrix y, Precision precision, boolean toDecode, Arena arena) {
        return switch (precision) {
            case FLOAT32 -> toDecode ? new Floats(y) : new FloatsOfTraining(y);
            case INT8 -> new Packed(Quantized.of(y.toArray(), y.rows(), y.columns(), Axis.COLUMN).pack(arena));
            case BFLOAT16 -> toDecode
                    ? new Packed(Rounded.of(y.toArray(), y.rows(), y.columns(), Axis.COLUMN).pack(arena))
                    : new InBfloat16(Bfloat16Product.prepare(y, false, arena));
        };
    }

    /// What rows are multiplied by.
    private sealed interface Factor {
        void multiply(Matrix x, Matrix z, int from, int to);
    }

    private record Floats(Matrix y) implements Factor {
        @Override
        public void multiply(Matrix x, Matrix z, int from, int to) {
            RowProduct.multiply(x, y, z, from, to);
        }
    }

    private record FloatsOfTraining(Matrix y) implements Factor {
        @Override
        public void multiply(Matrix x, Matrix z, int from, int to) {
            Gemm.product(Gemm.group(x, from, to), y, Gemm.group(z, from, to), false);
        }
    }

    private record InBfloat16(Bfloat16Factor y) implements Factor {
        @Override
        public void multiply(Matrix x, Matrix z, int from, int to) {
            Bfloat16Product.multiply(Gemm.group(x, from, to), y, Gemm.group(z, from, to), false);
        }
    }

    private record Packed(PackedMatrix y) implements Factor {
        @Override
        public void multiply(Matrix x, Matrix z, int from, int to) {
            y.multiply(x, z, from, to);
        }
    }

    private record Operands(Shape shape, Matrix x, Factor y, Matrix z) {
        void multiply(int thread) {
            int from = thread * Gemm.roundUp(shape.m);
            y.multiply(x, z, from, from + shape.m);
        }
    }

    private static double rate(Parallel parallel, Operands operands, double seconds) {
        int repetitions = Math.max(1, (int) (1e8 / operands.shape.operations()));
        long products = 0;
        long start = System.nanoTime();
        double elapsed;
        do {
            parallel.tiles(parallel.threads(), thread -> {
                for (int i = 0; i < repetitions; i++) operands.multiply(thread);
            });
            products += (long) repetitions * parallel.threads();
            elapsed = (System.nanoTime() - start) / 1e9;
        } while (elapsed < seconds);
        return products * operands.shape.operations() / elapsed / 1e9;
    }
}
