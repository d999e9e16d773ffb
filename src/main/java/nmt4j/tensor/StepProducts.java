package nmt4j.tensor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nmt4j.kernel.Elementwise;
import nmt4j.kernel.Gemm;
import nmt4j.kernel.Matrix;
import nmt4j.kernel.ResidualKernel;
import nmt4j.tensor.StepLoop.Read;

/// Products that follow each other in a step. Those of the same rows with columns of the same weight are one product, with the
/// whole weight: in inference a row's bits would otherwise depend on its place (see `Gemm.ROWS`).
///
/// Rows are rounded up to whole groups (`Gemm.ROWS`) in memory of their own, so that they neither touch the rows behind them
/// nor depend on how many they are; from there they are added to the target.
final class StepProducts implements StepOperation {
    private final StepLoop loop;
    private final List<StepProduct> products = new ArrayList<>();
    private final Map<Factors, List<StepProduct>> byFactors = new LinkedHashMap<>();
    private final Map<Read, List<StepProduct>> byRead = new LinkedHashMap<>();
    private final Map<Block, Transposed> transposed = new LinkedHashMap<>(); // during the backward pass

    StepProducts(StepLoop loop, StepProduct first) {
        this.loop = loop;
        add(first);
    }

    void add(StepProduct product) {
        products.add(product);
        byFactors.computeIfAbsent(Factors.of(product), _ -> new ArrayList<>()).add(product);
        byRead.computeIfAbsent(product.x(), _ -> new ArrayList<>()).add(product);
    }

    /// What is multiplied: of the weight all columns, of which some may go to one target and some to another.
    private record Factors(Read x, Parameter weight, int fromRow, int toRow) {
        static Factors of(StepProduct product) {
            var block = product.weight();
            return new Factors(product.x(), block.weight(), block.fromRow(), block.toRow());
        }
    }

    @Override
    public String name() {
        return "step products";
    }

    @Override
    public int floats() {
        return widestProduct() + widestInput();
    }

    private int widestProduct() {
        int widest = 0;
        for (var product : products)
            widest = Math.max(widest, loop.tape().productStride(product.weight().weight()));
        return widest;
    }

    private int widestInput() {
        int widest = 0;
        for (var product : products)
            widest = Math.max(widest, loop.tape().stride(product.weight().rows()));
        return widest;
    }

    @Override
    public void forward(Places places, int t) {
        byFactors.forEach((factors, parts) -> {
            if (factors.x.x().reaches(t, factors.x.lag())) forward(places, t, factors, parts);
        });
    }

    private void forward(Places places, int t, Factors factors, List<StepProduct> parts) {
        var weight = factors.weight;
        var product = places.room(0, places.count(t), weight.columns(), loop.tape().productStride(weight));
        var x = group(factors.x, places, t);
        if (loop.tape().isTraining())
            loop.tape().products().product(x, weight.value().rows(factors.fromRow, factors.toRow),
                    Gemm.group(product, 0, product.rows()), false);
        else weight.multiplyByRows(factors.fromRow, factors.toRow, x, product);
        for (var part : parts) part.add(product, places.of(step(part.target().value(), t)));
    }

    /// The rows that a step reads, as a whole group; copied where that would run over the end of the memory, or where they are
    /// columns of a wider matrix: oneDNN's bits depend on the stride.
    private Matrix group(Read read, Places places, int t) {
        var x = places.of(read.x().value(t, read.lag()));
        boolean inside = t >= read.lag();
        int begin = places.from() + (inside ? loop.steps().begin(t - read.lag()) : 0);
        int room = Gemm.roundUp(inside ? loop.steps().rows() : loop.steps().places());
        int stride = loop.tape().stride(x.columns());
        if (x.stride() == stride && begin + Gemm.roundUp(x.rows()) <= room) return Gemm.group(x, 0, x.rows());
        var copy = places.room(widestProduct(), x.rows(), x.columns(), stride);
        Elementwise.copy(x, copy);
        return Gemm.group(copy, 0, copy.rows());
    }

    private Matrix step(Matrix x, int t) {
        return x.rows(loop.steps().begin(t), loop.steps().end(t));
    }

    @Override
    public void prepareBackward() {
        for (var product : products) {
            product.target().gradientOrZero();
            product.x().x().prepareGradient();
            transposed.computeIfAbsent(product.weight(), this::transposed);
        }
    }

    private Transposed transposed(Block block) {
        return loop.tape().products().transposed(loop.tape(), block.of(block.weight().value()), loop.steps().size());
    }

    /// dx += dTarget Wᵀ, unless what was read lies behind a cut.
    @Override
    public void backward(Places places, int t) {
        byRead.forEach((read, readers) -> {
            if (loop.isOpen(read.x(), t, read.lag())) backward(places, t, read, readers);
        });
    }

    private void backward(Places places, int t, Read read, List<StepProduct> readers) {
        var gradient = places.of(read.x().gradient(t, read.lag()));
        var sum = places.room(0, gradient.rows(), gradient.columns(), loop.tape().stride(gradient.columns()));
        for (int i = 0; i < readers.size(); i++) {
            var block = readers.get(i).weight();
            transposed.get(block).multiply(places.of(step(targetGradient(readers.get(i)), t)), sum, i > 0);
        }
        ResidualKernel.add(sum, gradient, 0, gradient.rows());
    }

    /// The gradient of a product's columns of its target [T, F].
    private static Matrix targetGradient(StepProduct product) {
        return product.target().gradient().columns(product.column(), product.column() + product.weight().columns());
    }

    /// dW += xᵀ dTarget, all steps at once, when it suits.
    @Override
    public void finish() {
        transposed.values().forEach(Transposed::close);
        transposed.clear();
        var arena = loop.tape().arena();
        var received = new LinkedHashMap<Parameter, Gradient>();
        for (var product : products) received.computeIfAbsent(product.weight().weight(), this::receive);
        byRead.forEach((read, readers) -> {
            var x = read.lag() == 0 ? read.x().all().value() : lagged(read.x());
            for (var product : readers) weightGradient(x, product, received.get(product.weight().weight()));
            if (read.lag() > 0) arena.release(x);
        });
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

    private void weightGradient(Matrix x, StepProduct product, Gradient whole) {
        var tape = loop.tape();
        var dy = tape.products().factor(tape, Gemm.zeroFilledGroup(targetGradient(product)));
        var dw = new Gradient(product.weight().of(whole.matrix()), whole.accumulate());
        Operations.weightGradient("step weights, backward", tape, Gemm.zeroFilledGroup(x), dy, dw,
                dy instanceof Matrix ? product.target().gradient() : dy);
        tape.products().release(tape, dy);
    }

    /// For each row, what the same sentence had one step before.
    private Matrix lagged(Sequence x) {
        var steps = loop.steps();
        var lagged = loop.tape().matrix(steps.rows(), x.columns());
        loop.tape().parallel("step before").tiles(steps.size(), t -> {
            var rows = step(lagged, t);
            if (x.reaches(t, 1)) Elementwise.copy(x.value(t, 1), rows);
            else rows.fill(0);
        });
        return lagged;
    }
}
