package nmt4j.kernel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Runs every kernel on fixed numbers and hashes the bits of what it gives. `main` prints the hashes, for a JVM that only
/// interprets; the test runs the same often enough for the JIT.
final class KernelBits {
    private static final int ROWS = 7;
    private static final int COLUMNS = 67; // some whole vectors, and a part of one
    private static final int WHOLE = 64;
    private static final Dropout DROPOUT = new Dropout(42, 0.3f);

    private final Arena arena = new Arena();
    private final Map<String, Long> hashes = new LinkedHashMap<>();

    private KernelBits() {}

    public static void main(String[] args) {
        all().forEach((name, hash) -> System.out.println(name + " " + hash));
    }

    static Map<String, Long> all() {
        var bits = new KernelBits();
        try (var _ = bits.arena) {
            bits.run();
        }
        return bits.hashes;
    }

    private void run() {
        for (var activation : Activation.values()) {
            var dropout = activation.outlivesDropout() ? DROPOUT : Dropout.NONE;
            hash("forward " + activation,
                    y -> ActivationKernel.forward(activation, random(1), row(2), y, dropout, 0, ROWS));
            hash("backward " + activation, y -> {
                copy(random(2), y);
                ActivationKernel.backward(activation, random(1), y, dropout, row(3), 0, ROWS);
            });
        }
        var moments = arena.matrix(ROWS, 2);
        hash("layer norm", y -> LayerNormKernel.forward(random(1), row(2), row(3), y, moments, 0, ROWS));
        hash("layer norm, backward", y -> LayerNormKernel.backward(random(1), row(2), moments, random(3), y, false,
                arena.matrix(2, COLUMNS), 0, ROWS));
        for (var dropout : List.of(DROPOUT, Dropout.NONE)) {
            var kernel = new ResidualNormKernel(row(1), dropout, row(2), row(3), moments);
            hash("residual and norm, " + dropout,
                    y -> kernel.forward(random(1), random(2), arena.matrix(ROWS, COLUMNS), y,
                            0, ROWS));
            hash("residual and norm, backward, " + dropout,
                    y -> kernel.backward(random(1), random(2), random(3), true, y,
                            arena.matrix(3, COLUMNS), 0, ROWS));
        }
        hash("residual", y -> ResidualKernel.forward(random(1), random(2), y, DROPOUT, 0, ROWS));
        hash("dropout", y -> ResidualKernel.drop(random(1), y, false, DROPOUT, 0, ROWS));
        hash("cross-entropy", y -> {
            copy(random(1), y);
            CrossEntropyKernel.run(y, new int[] {3, 1, 66, 0, 5, 8, 9}, 0, 0.1f, 0.5f, arena.matrix(ROWS, 3), 0, ROWS);
        });
        for (int columns : new int[] {COLUMNS, 64}) // one by one, and in blocks
            hash("products of chosen rows, " + columns, y -> ChosenProductKernel.run(random(1).columns(0, columns),
                    random(2).columns(0, columns), row(3), new int[] {6, 5, 3, 2, 0}, y, 0, ROWS));
        hash("log-softmax", y -> {
            copy(random(1), y);
            for (int t = 0; t < ROWS; t++) CrossEntropyKernel.logSoftmax(y.row(t), COLUMNS);
        });
        hash("log-softmax of scalars", y -> {
            copy(random(1), y);
            for (int t = 0; t < ROWS; t++) ScalarRows.logSoftmax(y.row(t), COLUMNS);
        });
        hash("embedding", y -> EmbeddingKernel.gather(random(1), new int[] {6, 5, 0, 0, 1, 2, 3}, 8, y, 0, ROWS));
        hash("Adam", y -> {
            copy(random(1), y);
            new AdamKernel(0.1f, 0.9f, 0.98f, 1.5f, 1e-9f, 0.01f, 0.7f)
                    .update(y.address(), random(2).address(), random(3).address(), squares().address(), ROWS * COLUMNS);
        });
        var head = new AttentionKernel.Head(random(1), random(2), random(3), arena.matrix(ROWS, 1), true, DROPOUT);
        hash("attention", y -> AttentionKernel.forward(head, y));
        hash("attention, backward", y -> AttentionKernel.backward(head, random(4), y, arena.matrix(ROWS, COLUMNS),
                arena.matrix(ROWS, COLUMNS)));
        int queries = 17; // blocks of many rows and of whole vectors
        var large = new AttentionKernel.Head(tall(1, queries), tall(2, queries), tall(3, queries),
                arena.matrix(queries, 1), false, DROPOUT);
        hash("attention of many queries", y -> {
            var output = arena.matrix(queries, COLUMNS);
            AttentionKernel.forward(large, output);
            copy(output.rows(queries - ROWS, queries), y);
        });
        hash("attention of many queries, backward", y -> {
            var dQuery = arena.matrix(queries, COLUMNS);
            AttentionKernel.backward(large, tall(4, queries), dQuery, arena.matrix(queries, COLUMNS),
                    arena.matrix(queries, COLUMNS));
            copy(dQuery.rows(queries - ROWS, queries), y);
        });
        var relu = Bfloat16Matrix.in(arena, ROWS, COLUMNS);
        hash("ReLU to bfloat16", y -> {
            copy(random(1), y);
            for (int t = 0; t < ROWS; t++) RoundedRelu.forward(y.row(t), row(2), relu, DROPOUT, t);
        });
        hash("ReLU to bfloat16, backward", y -> {
            var dz = Bfloat16Matrix.in(arena, ROWS, COLUMNS);
            var sums = arena.matrix(1, COLUMNS);
            sums.fill(0);
            copy(random(2), y);
            for (int t = 0; t < ROWS; t++) RoundedRelu.backward(relu, y.row(t), DROPOUT, sums, dz, t);
            Elementwise.copy(sums.address(), y.address(), COLUMNS);
        });
        hash("cached attention", y -> {
            int count = ROWS - 1; // four, and the last four again; the value of a key is the row behind it
            var kept = random(1);
            var keys = new long[count];
            for (int i = 0; i < count; i++) keys[i] = kept.row(i);
            for (int t = 0; t < ROWS; t++)
                CachedAttentionKernel.run(random(3).row(t), keys, count, (long) COLUMNS * Float.BYTES, 1, COLUMNS,
                        y.row(t), new float[CachedAttentionKernel.room(count)]);
        });
        hash("to bfloat16 and back", y -> {
            var rounded = Bfloat16Matrix.in(arena, ROWS, COLUMNS);
            for (int i = 0; i < ROWS; i++) {
                RoundingKernel.roundVectors(random(1).row(i), rounded.row(i), COLUMNS);
                RoundingKernel.widenVectors(rounded.row(i), y.row(i), COLUMNS);
            }
            RoundingKernel.widen(rounded, y, true);
        });
        var numbers = int8(COLUMNS);
        hash("to bfloat16 and back, number by number", y -> {
            var rounded = Bfloat16Matrix.in(arena, ROWS, COLUMNS);
            for (int i = 0; i < ROWS; i++) {
                RoundingKernel.roundScalars(random(1).row(i), rounded.row(i), COLUMNS);
                RoundingKernel.widenScalars(rounded.row(i), y.row(i), COLUMNS);
            }
        });
        hash("int8 product", y -> Int8Product.few(random(1), numbers, y));
        hash("int8 rows", y -> numbers.gather(new int[] {6, 5, 0, 66, 1, 2, 3}, 8, y, 0, ROWS));
        int deep = Int8Kernel.CHUNK / COLUMNS + 1;
        if (Int8Strips.areFast())
            hash("int8 product of many rows", y -> Int8Product.many(random(1), numbers, y));
        hash("int8 product, early", y -> EarlyInt8Product.multiply(random(1), numbers, y));
        hash("int8 product, deep", y -> Int8Product.few(wide(1, deep), int8(deep * COLUMNS), y));
        hash("product with bfloat16", y -> bfloat16(COLUMNS).multiply(random(1), y, 0, ROWS));
        hash("product with bfloat16 of a few rows",
                y -> WideningProduct.few(wide(1, deep), bfloat16(deep * COLUMNS), y));
        hash("product of a few rows", y -> FewRowsKernel.multiply(wide(1, 1), weight(COLUMNS), y.columns(0, WHOLE)));
        hash("product of a few rows, deep",
                y -> FewRowsKernel.multiply(wide(1, deep), weight(deep * COLUMNS), y.columns(0, WHOLE)));
        recurrence("tanh", Gates.TANH);
        recurrence("ReLU", Gates.RELU);
        recurrence("LSTM", Gates.LSTM);
        recurrence("GRU", Gates.GRU);
        recurrence("maxout", Gates.MAXOUT);
        hash("alignment", y -> {
            var scores = row(7);
            AlignmentKernel.additive(random(1).address(), row(2).address(), random(3), scores.address());
            AlignmentKernel.softmax(scores.address(), ROWS);
            AlignmentKernel.combine(scores.address(), random(4), y.address());
        });
        hash("alignment, backward", y -> {
            var scores = row(7);
            AlignmentKernel.backward(row(1).address(), random(2), row(6).address(), scores.address());
            AlignmentKernel.additiveBackward(scores.address(), random(3),
                    new AlignmentKernel.Additive(row(4).address(), row(5).address(), row(1).address(), row(2).address(),
                            y));
            AlignmentKernel.spread(random(1), random(2), new int[] {1, 4, 2}, y);
        });
        hash("alignment of scalar products", y -> {
            AlignmentKernel.dot(row(1).address(), random(2), y.address());
            AlignmentKernel.dotBackward(y.address(), random(3), y.row(1));
        });
        updates();
        rows();
        largest();
        convolution();
    }

    private void updates() {
        var steps = random(3);
        hash("gradient descent", y -> {
            copy(random(1), y);
            new SgdKernel(0.1f, 0.9f, 0.7f).update(y.address(), random(2).address(), steps.address(), ROWS * COLUMNS);
        });
        hash("gradient descent, steps", y -> copy(steps, y));
        var weights = random(1);
        hash("average", y -> {
            copy(random(2), y);
            AverageKernel.approach(weights.address(), y.address(), ROWS * COLUMNS, 0.3f);
            AverageKernel.exchange(weights.address(), y.address(), ROWS * COLUMNS);
        });
        hash("average, exchanged", y -> copy(weights, y));
        hash("clipped", y -> {
            copy(random(1), y);
            Elementwise.clip(y.address(), ROWS * COLUMNS, 0.5f);
        });
        hash("sum of squares", y -> y.set(0, 0, Elementwise.sumOfSquares(random(1).address(), ROWS * COLUMNS)));
    }

    private void rows() {
        hash("dropout of rows", y -> ResidualKernel.dropRows(random(1), y, false, DROPOUT, 0, ROWS));
        hash("sums of logarithms", y -> {
            copy(random(1), y);
            y.set(0, 0, Float.NEGATIVE_INFINITY);
            var x = random(2);
            x.set(0, 0, Float.NEGATIVE_INFINITY);
            LogSumKernel.add(x.address(), y.address(), ROWS * COLUMNS);
        });
        int rows = 17; // whole blocks, and parts of one
        hash("transpose", y -> {
            var turned = arena.matrix(COLUMNS, rows, RowStride.TRANSPOSE.of(rows));
            var x = tall(1, rows);
            for (int i = 0; i < TransposeKernel.tiles(x); i++) TransposeKernel.transposeTile(x, turned, i);
            for (int i = 0; i < ROWS; i++) for (int j = 0; j < COLUMNS; j++) y.set(i, j, turned.get(j, rows - 1 - i));
        });
    }

    private void largest() {
        int k = 5;
        var tokens = new TopTokens(ROWS, k);
        hash("softmax of the likeliest tokens", y -> {
            copy(random(1), y);
            tokens.add(y, 0, 0, row(2));
            tokens.finish(0, ROWS);
            tokens.normalize(y, 0, ROWS);
        });
        hash("likeliest tokens", y -> each(k, (row, i) -> {
            y.set(row, i, tokens.token(row, i));
            y.set(row, k + i, tokens.logProbability(row, i));
        }));
        var logits = new TopLogits(ROWS, k);
        hash("logits of the largest", y -> {
            copy(random(1), y);
            logits.add(y, 0, 0, row(2));
        });
        hash("largest logits", y -> each(k, (row, i) -> {
            y.set(row, i, logits.token(row, i));
            y.set(row, k + i, logits.areApart(row, 0, i) ? 1 : 0);
        }));
        hash("first above a threshold", y -> each(k, (row, i) -> y.set(row, i,
                TopKernel.firstAbove(random(1), row, 3 * i, 1.5f))));
    }

    private static void each(int columns, Element element) {
        for (int i = 0; i < ROWS; i++) for (int j = 0; j < columns; j++) element.run(i, j);
    }

    private interface Element {
        void run(int i, int j);
    }

    private void convolution() {
        var z = wide(1, 2);
        var sums = arena.matrix(ROWS, 2 * COLUMNS);
        sums.fill(0);
        hash("gated linear unit", y -> GluKernel.forward(z, wide(2, 2).rows(0, 1), y, 0, ROWS));
        hash("gated linear unit, backward a", y -> {
            GluKernel.backward(z, random(3), sums.rows(0, 1), 0, ROWS);
            copy(z.columns(0, COLUMNS), y);
        });
        hash("gated linear unit, backward b", y -> copy(z.columns(COLUMNS, 2 * COLUMNS), y));
        hash("gated linear unit, sums a", y -> copy(sums.columns(0, COLUMNS), y));
        hash("gated linear unit, sums b", y -> copy(sums.columns(COLUMNS, 2 * COLUMNS), y));
        int[] rows = {-1, 0, 1, 0, 1, 2, 1, 2, -1, -1, 3, 4, 3, 4, 5, 4, 5, 6, 5, 6, -1};
        int[] seenBy = {1, 0, -1, 2, 1, 0, -1, 2, 1, 4, 3, -1, 5, 4, 3, 6, 5, 4, -1, 6, 5};
        var shown = arena.matrix(ROWS, 3 * COLUMNS);
        WindowKernel.gather(random(4), rows, shown, 0, ROWS);
        for (int j = 0; j < 3; j++) {
            int from = j * COLUMNS;
            hash("window, part " + j, y -> copy(shown.columns(from, from + COLUMNS), y));
        }
        hash("window, backward", y -> WindowKernel.gatherBack(shown, seenBy, y, false, 0, ROWS));
        var norms = arena.matrix(ROWS, COLUMNS);
        norms.fill(0);
        hash("weight norm", y -> WeightNormKernel.forward(random(5), row(6), y, norms, 0, COLUMNS));
        hash("weight norm, lengths", y -> copy(norms, y));
        var dg = arena.matrix(ROWS, COLUMNS);
        dg.fill(0);
        hash("weight norm, backward", y -> WeightNormKernel.backward(
                new WeightNormKernel.Columns(random(5), row(6), norms), random(7), y, false, dg, false, 0, COLUMNS));
        hash("weight norm, backward to lengths", y -> copy(dg, y));
        hash("scaled sum", y -> ScaleKernel.sum(random(8), random(9), 0.7f, y, 0, ROWS));
        hash("scaled rows",
                y -> ScaleKernel.scaleRows(random(8), new float[] {1, 2, 3, 4, 5, 6, 7}, y, true, 0, ROWS));
    }

    /// What a step forward and back leaves in output, gates and gradients.
    private void recurrence(String name, Gates kernel) {
        var gates = wide(1, kernel.count());
        var step = new Gates.Step(gates, random(2), random(3), random(4), random(5));
        hash(name, y -> {
            kernel.forward(step, 0, ROWS);
            copy(step.output(), y);
        });
        var gradients = new Gates.Gradients(random(6), random(7), random(8), random(9));
        for (int i = 0; i < kernel.count(); i++) {
            int from = i * COLUMNS;
            hash(name + ", backward " + i, y -> {
                if (from == 0) kernel.backward(step, gradients, 0, ROWS);
                copy(gates.columns(from, from + COLUMNS), y);
            });
        }
        hash(name + ", backward",
                y -> ResidualKernel.forward(gradients.before(), gradients.keptBefore(), y, Dropout.NONE, 0, ROWS));
    }

    private Matrix wide(int key, int count) {
        var x = arena.matrix(ROWS, count * COLUMNS);
        for (int i = 0; i < ROWS; i++)
            for (int j = 0; j < x.columns(); j++) x.set(i, j, (float) Randomness.normal(key, i * x.columns() + j));
        return x;
    }

    private void hash(String name, Consumer<Matrix> kernel) {
        var y = arena.matrix(ROWS, COLUMNS);
        y.fill(0);
        kernel.accept(y);
        long hash = 17;
        for (float x : y.toArray()) hash = 31 * hash + Float.floatToRawIntBits(x);
        hashes.put(name, hash);
    }

    /// [ROWS, COLUMNS] of numbers that depend on the key alone.
    private Matrix random(int key) {
        return tall(key, ROWS);
    }

    private Matrix tall(int key, int rows) {
        var x = arena.matrix(rows, COLUMNS);
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < COLUMNS; j++) x.set(i, j, (float) Randomness.normal(key, i * COLUMNS + j));
        return x;
    }

    private Matrix weight(int rows) {
        var x = arena.matrix(rows, WHOLE);
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < WHOLE; j++) x.set(i, j, (float) Randomness.normal(6, i * WHOLE + j));
        return x;
    }

    private Int8Matrix int8(int rows) {
        return Quantized.of(floats(rows), rows, COLUMNS, Unpacked.Axis.COLUMN).pack(arena);
    }

    private Bfloat16Weight bfloat16(int rows) {
        return Rounded.of(floats(rows), rows, COLUMNS, Unpacked.Axis.COLUMN).pack(arena);
    }

    private static float[] floats(int rows) {
        var x = new float[rows * COLUMNS];
        for (int i = 0; i < x.length; i++) x[i] = (float) Randomness.normal(rows, i);
        return x;
    }

    private Matrix squares() {
        var x = random(5);
        for (int i = 0; i < ROWS; i++) for (int j = 0; j < COLUMNS; j++) x.set(i, j, x.get(i, j) * x.get(i, j));
        return x;
    }

    private Matrix row(int key) {
        return random(key).rows(0, 1);
    }

    private static void copy(Matrix x, Matrix y) {
        for (int i = 0; i < ROWS; i++) Elementwise.copy(x.row(i), y.row(i), COLUMNS);
    }
}
