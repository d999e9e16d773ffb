package nmt4j.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import nmt4j.kernel.Arena;
import nmt4j.kernel.Dropout;
import nmt4j.kernel.Factor;
import nmt4j.kernel.Matrix;
import nmt4j.kernel.Parallel;
import nmt4j.kernel.Randomness;
import nmt4j.kernel.RowStride;

/// The operations of one forward pass, to be gone through backward. A tape owns its memory, its mode (training or
/// inference) and its randomness, so that layers need no flags. One thread uses it.
public final class Tape implements AutoCloseable {
    private final Parallel parallel;
    private final Purpose purpose;
    private final Arena arena = new Arena();
    private final List<Node> nodes = new ArrayList<>();
    private final Arena constants = new Arena();
    private Matrix sinusoids;
    private long key;
    private int operation;
    private int chunk;
    private int truncation = Integer.MAX_VALUE;
    private List<Tensor> made; // within a layer in inference, else null
    private final WeightGradients weightGradients;
    private boolean exact;
    private Products products;
    private StateGradientListener listener = StateGradientListener.NONE;

    /// An operation that has been carried out.
    ///
    /// @param scratch  memory that its backward needs, besides the tensors'
    private record Node(List<Tensor> outputs, List<Factor> scratch, Runnable backward) {
        boolean hasGradient() {
            for (var output : outputs) if (output.hasGradient()) return true;
            return false;
        }
    }

    private enum Purpose { TRAINING, INFERENCE, PREDICTION }

    private Tape(Parallel parallel, Purpose purpose) {
        this.parallel = parallel;
        this.purpose = purpose;
        weightGradients = new WeightGradients(parallel, arena);
        products = isTraining() ? Float32Products.TRAINING : Float32Products.INFERENCE;
    }

    /// A tape that records what is needed to go backward, and drops out.
    public static Tape training(Parallel parallel) {
        return new Tape(parallel, Purpose.TRAINING);
    }

    /// A tape that records nothing.
    public static Tape inference(Parallel parallel) {
        return new Tape(parallel, Purpose.INFERENCE);
    }

    /// The same of a search, which has a core to itself, and weights of which a row's bits do not depend on its place: see
    /// `RowProduct`.
    public static Tape predicting(Parallel parallel) {
        return new Tape(parallel, Purpose.PREDICTION);
    }

    /// Forgets all tensors and begins a new pass.
    ///
    /// @param key  of all its random numbers: a function of the seed and the update
    public void begin(long key) {
        weightGradients.drop();
        nodes.clear();
        arena.reset();
        products.begin();
        this.key = key;
        numberMasks(0, 0);
    }

    /// Goes backward through all operations; their tensors are released.
    public void backward() {
        backward(0, numOperations());
    }

    /// Goes backward through some neighbouring operations, of which no later one still needs a tensor.
    void backward(int from, int to) {
        products.beginBackward();
        for (int i = to - 1; i >= from; i--) {
            var node = nodes.get(i);
            for (var output : node.outputs) if (output.hasGradient()) weightGradients.finish(output.gradient());
            if (node.hasGradient()) node.backward.run();
            for (var output : node.outputs) output.release();
            for (var scratch : node.scratch) release(scratch);
        }
        nodes.subList(from, to).clear();
        weightGradients.finish();
    }

    WeightGradients weightGradients() {
        return weightGradients;
    }

    /// Number of operations recorded and not gone back through.
    int numOperations() {
        return nodes.size();
    }

    /// What the next mask of dropout is a function of, besides the key.
    ///
    /// @param chunk      of the pass, for masks that are not those of whole sentences (see `Chunks`)
    /// @param operation  number of masks before it
    void numberMasks(int chunk, int operation) {
        this.chunk = chunk;
        this.operation = operation;
    }

    /// Number of masks so far.
    int numMasks() {
        return operation;
    }

    /// The cores, for an operation of that name.
    ///
    /// @param touched  what it reads and writes, if that and not arithmetic takes its time
    Parallel parallel(String operation, Matrix... touched) {
        return parallel.as(operation, touched);
    }

    /// How many tiles run at once: for memory alone, no result may depend on it.
    int threads() {
        return parallel.threads();
    }

    /// Within a tile: what the profile has under a name of its own.
    void part(String operation, Runnable part) {
        parallel.part(operation, part);
    }

    /// Makes all elements 0; in a plan, like all that the cores do, it does not happen.
    void clear(Matrix matrix) {
        Tiles.of(matrix.rows()).rows(parallel("zeros", matrix), (from, to) -> matrix.rows(from, to).fill(0));
    }

    public boolean isTraining() {
        return purpose == Purpose.TRAINING;
    }

    boolean isPredicting() {
        return purpose == Purpose.PREDICTION;
    }

    /// Forgets all tensors, and gives their memory back until the next pass.
    public void vacate() {
        weightGradients.drop();
        nodes.clear();
        arena.vacate();
        products.vacate();
    }

    public Arena arena() {
        return arena;
    }

    /// A new tensor, its elements undefined.
    public Tensor tensor(int rows, int columns) {
        return made(new Tensor(this, matrix(rows, columns)));
    }

    /// A new tensor that products multiply by, with room between its rows as a parameter has.
    Tensor weight(int rows, int columns) {
        var stride = isTraining() ? RowStride.TRAINED_WEIGHT : RowStride.DECODED_WEIGHT;
        return made(new Tensor(this, arena.matrix(rows, columns, stride.of(columns))));
    }

    /// Memory that lies as a tensor's, its elements undefined.
    Matrix matrix(int rows, int columns) {
        return arena.matrix(rows, columns, stride(columns));
    }

    /// Elements from one row of a tensor to the next. Results of inference are whole but where a weight is not.
    int stride(int columns) {
        return products.stride(columns);
    }

    private Tensor made(Tensor tensor) {
        if (made != null) made.add(tensor);
        return tensor;
    }

    /// f(x). In inference, all other tensors that f makes are given back at once: of a stack of layers one takes memory, and
    /// of the others their results. The result must own its memory, and nothing else that f made may be used later.
    public Tensor layer(UnaryOperator<Tensor> f, Tensor x) {
        return isTraining() ? f.apply(x) : releasing(List.of(), () -> f.apply(x), List::of);
    }

    /// The same for what flows through a stack: in inference the one that went in is given back as well, since nobody else
    /// needs it.
    public ResidualStream layer(UnaryOperator<ResidualStream> f, ResidualStream stream) {
        return isTraining() ? f.apply(stream)
                : releasing(stream.tensors(), () -> f.apply(stream), ResidualStream::tensors);
    }

    /// What f gives; its tensors are kept, and all others given back that f makes, or that there were before.
    private <T> T releasing(List<Tensor> before, Supplier<T> f, Function<T, List<Tensor>> tensors) {
        if (made != null) throw new IllegalStateException("a layer within a layer");
        made = new ArrayList<>(before);
        try {
            var result = f.get();
            made.removeAll(tensors.apply(result));
            for (var tensor : made) tensor.release();
            return result;
        } finally {
            made = null;
        }
    }

    /// Memory for a product with `weight`, its elements undefined.
    Matrix product(int rows, Weight weight) {
        return arena.matrix(rows, weight.columns(), productStride(weight));
    }

    /// Elements from one row of a product with `weight` to the next: in inference there is room between its rows as the weight has.
    int productStride(Weight weight) {
        return isTraining() ? stride(weight.columns()) : weight.stride();
    }

    /// The same, y's own memory if that will do.
    Matrix product(Tensor y, Weight weight) {
        return isTraining() || weight.stride() == weight.columns() ? y.value() : product(y.rows(), weight);
    }

    /// A mask of its own for each call, none in inference.
    public Dropout dropout(float probability) {
        return dropout(probability, chunk == 0 ? key : Randomness.key(key, chunk));
    }

    /// The same for a mask that is the same in all steps of a sentence, whichever chunk they are in.
    Dropout dropoutOfSentences(float probability) {
        return dropout(probability, key);
    }

    private Dropout dropout(float probability, long key) {
        if (!isTraining() || probability == 0) return Dropout.NONE;
        return new Dropout((int) Randomness.key(key, operation++), probability);
    }

    /// Records how to go back through the operation that made `output`.
    ///
    /// @param scratch  memory that it needs for that and nobody else
    void record(Tensor output, Runnable backward, Factor... scratch) {
        record(List.of(output), backward, scratch);
    }

    /// The same for an operation that makes several tensors; it goes backward if any of them has a gradient.
    void record(List<Tensor> outputs, Runnable backward, Factor... scratch) {
        if (isTraining()) nodes.add(new Node(List.copyOf(outputs), List.of(scratch), backward));
        else for (var factor : scratch) release(factor);
    }

    /// Gives its memory back.
    void release(Factor factor) {
        arena.release(factor);
    }

    /// Cuts the gradient through recurrent state every `steps` time steps: truncated backpropagation through time
    /// (Williams & Peng 1990). Values are carried on.
    public Tape truncating(int steps) {
        if (steps < 1) throw new IllegalArgumentException("truncation: " + steps);
        truncation = steps;
        return this;
    }

    /// The number of time steps between two cuts.
    public int truncation() {
        return truncation;
    }

    /// Rounds the factors of products of training to bfloat16.
    public Tape inBfloat16() {
        if (!isTraining()) throw new IllegalStateException("bfloat16 is for training");
        products = new Bfloat16Products(this);
        return this;
    }

    Products products() {
        return products;
    }

    /// Leaves out what models do to gradients by design (`Convolution.scaleGradient`), so that a gradient is the slope of
    /// the loss: for checks.
    public Tape exact() {
        exact = true;
        return this;
    }

    boolean isExact() {
        return exact;
    }

    /// Whether the gradient is cut between time steps t − 1 and t.
    boolean cutsBefore(int t) {
        return t > 0 && t % truncation == 0;
    }

    /// Is shown the gradient of each recurrent state as the backward pass completes it.
    public void listen(StateGradientListener listener) {
        this.listener = listener;
    }

    StateGradientListener listener() {
        return listener;
    }

    /// The sinusoids of at least `positions` positions [positions, size], kept from pass to pass.
    Matrix sinusoids(int positions, int size) {
        if (sinusoids == null || sinusoids.rows() < positions || sinusoids.columns() != size) {
            if (sinusoids != null) constants.release(sinusoids);
            int rows = Math.max(positions, sinusoids == null ? 32 : 2 * sinusoids.rows());
            sinusoids = constants.matrix(rows, size);
            for (int j = 0; j < size; j++) {
                double period = StrictMath.pow(10_000, (j - j % 2) / (double) size);
                for (int n = 0; n < rows; n++) sinusoids.set(n, j, sinusoid(n / period, j % 2 == 0));
            }
        }
        return sinusoids;
    }

    private static float sinusoid(double angle, boolean even) {
        return (float) (even ? StrictMath.sin(angle) : StrictMath.cos(angle));
    }

    @Override
    public void close() {
        weightGradients.drop();
        products.close();
        arena.close();
        constants.close();
    }
}
