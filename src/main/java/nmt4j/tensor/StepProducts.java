package nmt4j.tensor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nmt4j.kernel.EmbeddingKernel;
import nmt4j.kernel.Gemm;
import nmt4j.kernel.Matrix;
import nmt4j.kernel.Parallel.RowRange;
import nmt4j.kernel.ResidualKernel;
import nmt4j.tensor.StepLoop.Read;

/// Products of one step that run side by side, in training as tiles of columns; otherwise one whole weight after the other,
/// because then a row's bits do not depend on its place (see `Gemm.ROWS`).
///
/// A step's rows are rounded up to whole groups (`Gemm.ROWS`) in a matrix of their own, so that they neither touch the next
/// step's rows nor depend on how many they are; from there they are added to the target.
final class StepProducts implements StepOperation {
    private final StepLoop loop;
    private final List<StepProduct> products = new ArrayList<>();

    StepProducts(StepLoop loop, StepProduct first) {
        this.loop = loop;
        products.add(first);
    }

    void add(StepProduct product) {
        products.add(product);
    }

    /// Columns of a tile of n columns: enough for a product to be worth its call.
    private static int tile(int n) {
        return (Math.clamp((n + 7) / 8, 256, 512) + 15) / 16 * 16;
    }

    @Override
    public void forward(int t) {
        if (loop.tape().isTraining()) forwardInTiles(t);
        else forwardWhole(t);
    }

    private void forwardWhole(int t) {
        var byFactors = new LinkedHashMap<Factors, List<StepProduct>>();
        for (var product : products)
            if (product.x().x().reaches(t, product.x().lag()))
                byFactors.computeIfAbsent(Factors.of(product), _ -> new ArrayList<>()).add(product);
        byFactors.forEach((factors, parts) -> forwardWhole(t, factors, parts));
    }

    private void forwardWhole(int t, Factors factors, List<StepProduct> parts) {
        var released = new ArrayList<Matrix>();
        var product = loop.tape().product(loop.steps().active(t), factors.weight);
        released.add(product);
        loop.tape().parallel("step products").tiles(1, _ -> {
            var x = whole(factors.x, t, released);
            factors.weight.multiplyByRows(factors.fromRow, factors.toRow, x, product);
            for (var part : parts) part.add(product, step(part.target().value(), t));
        });
        for (var matrix : released) loop.tape().arena().release(matrix);
    }

    /// What is multiplied: of the weight all columns, of which some may go to one target and some to another.
    private record Factors(Read x, Parameter weight, int fromRow, int toRow) {
        static Factors of(StepProduct product) {
            var block = product.weight();
            return new Factors(product.x(), block.weight(), block.fromRow(), block.toRow());
        }
    }

    private void forwardInTiles(int t) {
        var arena = loop.tape().arena();
        int rows = loop.steps().active(t);
        var released = new ArrayList<Matrix>();
        var tiles = new ArrayList<Runnable>();
        var byTarget = new LinkedHashMap<Tensor, List<StepProduct>>();
        for (var product : products)
            if (product.x().x().reaches(t, product.x().lag()))
                byTarget.computeIfAbsent(product.target(), _ -> new ArrayList<>()).add(product);
        for (var entry : byTarget.entrySet()) {
            var target = step(entry.getKey().value(), t);
            var sum = arena.matrix(rows, target.columns());
            released.add(sum);
            var inputs = new ArrayList<Matrix>();
            for (var product : entry.getValue()) inputs.add(whole(product.x(), t, released));
            int size = tile(target.columns());
            for (int from = 0; from < target.columns(); from += size) {
                int first = from;
                int end = Math.min(target.columns(), from + size);
                tiles.add(() -> add(entry.getValue(), inputs, sum, target, first, end));
            }
        }
        loop.tape().parallel("step products").tiles(tiles.size(), i -> tiles.get(i).run());
        for (var matrix : released) arena.release(matrix);
    }

    /// Columns `from` to `to` of a target += the same of each product.
    private void add(List<StepProduct> products, List<Matrix> inputs, Matrix sum, Matrix target, int from,
            int to) {
        for (int i = 0; i < inputs.size(); i++) {
            var product = products.get(i);
            int first = Math.max(from, product.column());
            int end = Math.min(to, product.column() + product.weight().columns());
            if (first >= end) continue;
            var weight = product.weight().of(product.weight().weight().value());
            loop.tape().products().product(inputs.get(i),
                    weight.columns(first - product.column(), end - product.column()),
                    Gemm.group(sum, 0, sum.rows()).columns(first, end), false);
            ResidualKernel.add(sum.columns(first, end), target.columns(first, end), 0, target.rows());
        }
    }

    /// The rows that a step reads, as a whole group; copied where that would run over the end of the memory, or where they are
    /// columns of a wider matrix: oneDNN's bits depend on the stride.
    private Matrix whole(Read read, int t, List<Matrix> copies) {
        var x = read.x().value(t, read.lag());
        int begin = t >= read.lag() ? loop.steps().begin(t - read.lag()) : 0;
        int room = t >= read.lag() ? Gemm.roundUp(loop.steps().rows()) : Gemm.roundUp(loop.steps().places());
        if (x.isContiguous() && begin + Gemm.roundUp(x.rows()) <= room) return Gemm.group(x, 0, x.rows());
        var copy = loop.tape().arena().matrix(x.rows(), x.columns());
        copies.add(copy);
        EmbeddingKernel.copy(x, copy);
        return Gemm.group(copy, 0, copy.rows());
    }

    private Matrix step(Matrix x, int t) {
        return x.rows(loop.steps().begin(t), loop.steps().end(t));
    }

    /// dx += dTarget Wᵀ, unless what was read lies behind a cut.
    @Override
    public void backward(int t) {
        var arena = loop.tape().arena();
        var sums = new ArrayList<Matrix>();
        var tiles = new ArrayList<Runnable>();
        for (var entry : byRead().entrySet()) {
            var read = entry.getKey();
            if (!loop.isOpen(read.x(), t, read.lag())) continue;
            var gradient = read.x().gradient(t, read.lag());
            var sum = arena.matrix(gradient.rows(), gradient.columns());
            sums.add(sum);
            var weights = new ArrayList<Matrix>();
            var targets = new ArrayList<Matrix>();
            for (var product : entry.getValue()) {
                weights.add(product.weight().of(product.weight().weight().value()));
                targets.add(step(targetGradient(product), t));
            }
            int size = tile(gradient.columns());
            for (int from = 0; from < gradient.columns(); from += size) {
                int first = from;
                int end = Math.min(gradient.columns(), from + size);
                tiles.add(() -> addGradient(targets, weights, sum, gradient, first, end));
            }
        }
        loop.tape().parallel("step products, backward").tiles(tiles.size(), i -> tiles.get(i).run());
        for (var sum : sums) arena.release(sum);
    }

    /// Columns `from` to `to` of what is read.
    private void addGradient(List<Matrix> targets, List<Matrix> weights, Matrix sum, Matrix gradient, int from,
            int to) {
        for (int i = 0; i < targets.size(); i++)
            loop.tape().products().productWithTransposed(targets.get(i), weights.get(i).rows(from, to),
                    sum.columns(from, to), i > 0);
        ResidualKernel.add(sum.columns(from, to), gradient.columns(from, to), 0, gradient.rows());
    }

    private Map<Read, List<StepProduct>> byRead() {
        var byRead = new LinkedHashMap<Read, List<StepProduct>>();
        for (var product : products) byRead.computeIfAbsent(product.x(), _ -> new ArrayList<>()).add(product);
        return byRead;
    }

    /// The gradient of a product's columns of its target [T, F].
    private static Matrix targetGradient(StepProduct product) {
        return product.target().gradientOrZero().columns(product.column(),
                product.column() + product.weight().columns());
    }

    /// dW += xᵀ dTarget, all steps at once.
    @Override
    public void finish() {
        var arena = loop.tape().arena();
        var received = new LinkedHashMap<Parameter, Gradient>();
        for (var product : products) received.computeIfAbsent(product.weight().weight(), this::receive);
        for (var entry : byRead().entrySet()) {
            var read = entry.getKey();
            var x = read.lag() == 0 ? read.x().all().value() : lagged(read.x());
            for (var product : entry.getValue()) {
                var gradient = received.get(product.weight().weight());
                weightGradient(x, targetGradient(product), product.weight().of(gradient.matrix()),
                        gradient.accumulate());
            }
            if (read.lag() > 0) arena.release(x);
        }
    }

    /// Where a weight's gradient goes; zeros if the products have only a part of it.
    private Gradient receive(Parameter weight) {
        var gradient = weight.receive();
        long covered = 0;
        for (var product : products)
            if (product.weight().weight() == weight)
                covered += (long) product.weight().rows() * product.weight().columns();
        if (gradient.accumulate() || covered == weight.size()) return gradient;
        loop.tape().clear(gradient.matrix());
        return new Gradient(gradient.matrix(), true);
    }

    private void weightGradient(Matrix x, Matrix dy, Matrix dw, boolean accumulate) {
        var tape = loop.tape();
        var products = tape.products();
        var allX = Gemm.zeroFilledGroup(x);
        var allDy = products.factor(tape, Gemm.zeroFilledGroup(dy));
        RowRange tile = (from, to) -> products.productOfTransposed(allX.columns(from, to), allDy, dw.rows(from, to),
                accumulate);
        tape.parallel("step weights, backward").rows(x.columns(), Tiles.inputs(x.columns()), tile);
        products.release(tape, allDy);
    }

    /// For each row, what the same sentence had one step before.
    private Matrix lagged(Sequence x) {
        var steps = loop.steps();
        var lagged = loop.tape().arena().matrix(steps.rows(), x.columns());
        loop.tape().parallel("step before").tiles(steps.size(), t -> {
            var rows = step(lagged, t);
            if (x.reaches(t, 1)) EmbeddingKernel.copy(x.value(t, 1), rows);
            else rows.fill(0);
        });
        return lagged;
    }
}
