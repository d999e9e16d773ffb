package nmt4j.diagnostics;

import java.util.ArrayList;
import java.util.List;
import nmt4j.kernel.Arena;
import nmt4j.kernel.Gemm;
import nmt4j.kernel.Matrix;
import nmt4j.kernel.Parallel;

/// What matrix products this machine manages: each thread its own, as training does it.
public final class ProductBenchmark {
    /// The shapes in which the peak is looked for: those of training, large enough to pay the call.
    private static final List<Shape> SHAPES = List.of(new Shape(96, 256, 256), new Shape(96, 256, 1024),
            new Shape(96, 1024, 256), new Shape(480, 256, 1024), new Shape(480, 1024, 256), new Shape(480, 512, 2048),
            new Shape(480, 2048, 512), new Shape(480, 512, 8000), new Shape(960, 512, 2048));

    private ProductBenchmark() {}

    /// x [m, k] · y [k, n].
    public record Shape(int m, int k, int n) {
        private double operations() {
            return 2.0 * m * k * n;
        }
    }

    /// @param gigaflops  of all threads together, 10⁹ multiplications and additions a second
    public record Result(Shape shape, double gigaflops) {}

    /// Every shape, for `seconds` each.
    public static List<Result> run(Parallel parallel, double seconds) {
        var results = new ArrayList<Result>();
        for (var shape : SHAPES) results.add(new Result(shape, measure(parallel, shape, seconds)));
        return results;
    }

    /// The best of all shapes.
    public static double peak(List<Result> results) {
        return results.stream().mapToDouble(Result::gigaflops).max().orElseThrow();
    }

    private static double measure(Parallel parallel, Shape shape, double seconds) {
        try (var arena = new Arena()) {
            int threads = parallel.threads();
            var x = arena.matrix(threads * shape.m, shape.k);
            var y = arena.matrix(shape.k, shape.n);
            var z = arena.matrix(threads * shape.m, shape.n);
            for (var matrix : List.of(x, y, z)) matrix.fill(0.5f);
            var operands = new Operands(shape, x, y, z);
            rate(parallel, operands, seconds / 4);
            return rate(parallel, operands, seconds);
        }
    }

    private record Operands(Shape shape, Matrix x, Matrix y, Matrix z) {
        void multiply(int thread) {
            int from = thread * shape.m;
            Gemm.product(x.rows(from, from + shape.m), y, z.rows(from, from + shape.m), false);
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
