package nmt4j.optim;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import nmt4j.kernel.Elementwise;
import nmt4j.kernel.Parallel;
import nmt4j.tensor.Parameter;
import nmt4j.tensor.Parameters;

/// The parameters that training moves, as pieces of the one memory in which all lie. Pieces are of fixed size: whatever
/// is done piece by piece, and added up in their order, has the same bits for any number of threads.
public final class Trainable {
    /// Values, gradients and moments of a piece fit the second cache together.
    private static final int LARGEST = 1 << 14;

    private final Parameters parameters;
    private final Parallel parallel;
    private final List<Piece> pieces = new ArrayList<>();
    private final double[] sums;

    /// Consecutive elements.
    ///
    /// @param offset  in bytes, from the first element of all
    private record Piece(long offset, int size) {}

    /// Work on a piece.
    @FunctionalInterface
    interface Work {
        /// @param offset  in bytes, into values, gradients and moments alike
        void run(long offset, int size);
    }

    /// @param parameters  with memory for training
    /// @param frozen      those that stay as they are
    public Trainable(Parameters parameters, Collection<Parameter> frozen, Parallel parallel) {
        this.parameters = parameters;
        this.parallel = parallel;
        for (var p : parameters.all()) if (!frozen.contains(p)) add(p);
        sums = new double[pieces.size()];
    }

    private void add(Parameter p) {
        long start = p.value().address() - parameters.values().address();
        long size = (long) p.rows() * p.value().stride(); // the elements between rows are 0 and stay 0
        for (long i = 0; i < size; i += LARGEST)
            pieces.add(new Piece(start + i * Float.BYTES, (int) Math.min(LARGEST, size - i)));
    }

    private long bytes() {
        long elements = 0;
        for (var piece : pieces) elements += piece.size;
        return elements * Float.BYTES;
    }

    public Parameters parameters() {
        return parameters;
    }

    /// @param name     of the work
    /// @param streams  how often it reads or writes each element's value, gradient or moment
    void each(String name, int streams, Work work) {
        parallel.as(name, streams * bytes()).tiles(pieces.size(),
                i -> work.run(pieces.get(i).offset(), pieces.get(i).size()));
    }

    /// The Euclidean norm of the gradient; infinite or NaN if an element is.
    public double gradientNorm() {
        long gradients = parameters.gradients().address();
        parallel.as("gradient norm", bytes()).tiles(sums.length,
                i -> sums[i] = Elementwise.sumOfSquares(gradients + pieces.get(i).offset(), pieces.get(i).size()));
        double sum = 0;
        for (double part : sums) sum += part;
        return Math.sqrt(sum);
    }

    /// Limits each element of the gradient to [−limit, limit].
    public void clipGradient(double limit) {
        long gradients = parameters.gradients().address();
        each("clipping", 2, (offset, size) -> Elementwise.clip(gradients + offset, size, (float) limit));
    }

    /// The factor that brings a gradient of this norm to at most `largest` (Pascanu et al. 2013, algorithm 1).
    public static double clippingScale(double norm, double largest) {
        return norm > largest ? largest / norm : 1;
    }
}
