package nmt4j.tensor;

import nmt4j.kernel.CrossEntropyKernel;
import nmt4j.kernel.Elementwise;
import nmt4j.kernel.Gemm;
import nmt4j.kernel.Matrix;

/// The output layer and the label-smoothed cross-entropy in one visit: logits, loss, gradient and the products of the
/// backward pass for one chunk of tokens after the other, so that [T, V] logits are never held whole.
public final class CrossEntropy {
    /// Memory of the logits of one chunk, in floats.
    private static final int CHUNK = 4 << 20;
    /// Rows of a tile of the cross-entropy.
    private static final int ROWS = 24;

    private CrossEntropy() {}

    /// The last layer: logits = h Wᵀ + b.
    ///
    /// @param weight  W [V, H]: an embedding table, or a matrix laid out like one
    /// @param bias    [1, V]
    public record Output(Parameter weight, Parameter bias) {}

    /// Sums over target tokens.
    ///
    /// @param loss                   the smoothed cross-entropy
    /// @param negativeLogLikelihood  without smoothing
    /// @param correct                tokens that had the highest score
    public record Loss(double loss, double negativeLogLikelihood, long correct, long tokens) {
        public static final Loss NONE = new Loss(0, 0, 0, 0);

        public Loss plus(Loss other) {
            return new Loss(loss + other.loss, negativeLogLikelihood + other.negativeLogLikelihood,
                    correct + other.correct,
                    tokens + other.tokens);
        }

        public double perToken() {
            return loss / tokens;
        }

        /// e to the unsmoothed negative log-likelihood a token.
        public double perplexity() {
            return Math.exp(negativeLogLikelihood / tokens);
        }

        public double accuracy() {
            return (double) correct / tokens;
        }
    }

    /// @param h          [T, H]
    /// @param targets    T ids
    /// @param smoothing  ε
    /// @param weight     factor of the sum of losses in what is minimised: 1 / tokens of the update. 0 in inference: no gradient
    public static Loss apply(Tensor h, Output output, int[] targets, float smoothing, float weight) {
        return new Run(h, output, targets, smoothing, weight).all();
    }

    private static final class Run {
        private final Tensor h;
        private final Output output;
        private final int[] targets;
        private final float smoothing;
        private final float weight;
        private final Matrix statistics;

        Run(Tensor h, Output output, int[] targets, float smoothing, float weight) {
            this.h = h;
            this.output = output;
            this.targets = targets;
            this.smoothing = smoothing;
            this.weight = weight;
            statistics = h.tape().arena().matrix(h.rows(), CrossEntropyKernel.STATISTICS);
        }

        Loss all() {
            int vocabulary = output.weight.rows();
            int rows = chunk(vocabulary);
            var arena = h.tape().arena();
            var logits = h.tape().matrix(Math.min(rows, h.rows()), vocabulary); // [chunk, V]
            var dh = weight == 0 ? null : h.receive();
            var sums = arena.matrix(weight == 0 ? 0 : Tiles.ofSize(logits.rows(), ROWS).count(), vocabulary); // [tiles, V]
            int chunks = Math.ceilDiv(h.rows(), rows);
            try (var transposed = h.tape().products().transposed(h.tape(), output.weight.value(), chunks)) {
                for (int from = 0; from < h.rows(); from += rows) {
                    int to = Math.min(h.rows(), from + rows);
                    var z = logits.rows(0, to - from);
                    forward(z, transposed, from, to);
                    if (weight == 0) loss(z, from);
                    else backward(z, sums, dh, from, to);
                }
            }
            arena.release(sums);
            arena.release(logits);
            var loss = total();
            arena.release(statistics);
            return loss;
        }

        /// Tokens of a chunk: a function of the vocabulary alone.
        private static int chunk(int vocabulary) {
            return Gemm.roundUp(Math.max(96, CHUNK / vocabulary));
        }

        /// Logits by tiles of columns.
        private void forward(Matrix z, Transposed transposed, int from, int to) {
            var products = h.tape().products();
            var x = products.factor(h.tape(), Gemm.group(h.value(), from, to));
            h.tape().parallel("output layer").rows(z.columns(), columnsOfTile(),
                    (first, last) -> transposed.columns(first, last).multiply(x,
                            Gemm.group(z, 0, z.rows()).columns(first, last), false));
            products.release(h.tape(), x);
        }

        /// The loss alone.
        private void loss(Matrix z, int from) {
            var figures = statistics.rows(from, from + z.rows());
            h.tape().parallel("cross-entropy", z, z).rows(z.rows(), ROWS, (first, last) -> {
                for (int t = first; t < last; t++) loss(z, from, figures, t);
            });
        }

        /// The loss of a row, and dz in the logits' place.
        ///
        /// @param from     the first row's token
        /// @param figures  of the rows of z
        /// @param t        the row of z
        private void loss(Matrix z, int from, Matrix figures, int t) {
            Elementwise.add(output.bias.value().address(), z.row(t), z.columns());
            CrossEntropyKernel.run(z, targets, from, smoothing, weight, figures, t, t + 1);
        }

        /// dz by rows, and db += Σ dz, a row while it is in the first caches; dh = dz W by tiles of rows; dW += dzᵀ h by tiles of
        /// W's rows.
        private void backward(Matrix z, Matrix sums, Gradient dh, int from, int to) {
            var products = h.tape().products();
            var x = products.factor(h.tape(), Gemm.zeroFilledGroup(h.value().rows(from, to)));
            var figures = statistics.rows(from, to);
            var all = Gemm.zeroFilledGroup(z);
            var tiles = Tiles.ofSize(all.rows(), ROWS);
            var dz = products.factor(h.tape(), "cross-entropy", new Matrix[] {z, z}, all, tiles,
                    (tile, first, last) -> {
                        for (int t = first; t < Math.min(last, z.rows()); t++) {
                            loss(z, from, figures, t);
                            addUp(z, t, sums.row(tile));
                        }
                    });
            Tiles.addUp(sums.rows(0, tiles.count()), output.bias.receive());
            var w = output.weight.value();
            var dx = dh.matrix().rows(from, to);
            var dw = output.weight.receive();
            var ofDx = Tiles.of(z.rows(), h.tape());
            var ofWeight = Tiles.ofSize(w.rows(), columnsOfTile());
            h.tape().parallel("output layer, backward").tiles(ofDx.count() + ofWeight.count(), i -> {
                if (i < ofDx.count()) {
                    ofDx.run(i, (_, begin, end) -> {
                        var tileOfDx = Gemm.group(dx, begin, end);
                        products.product(dz.rows(begin, begin + tileOfDx.rows()), w, tileOfDx, dh.accumulate());
                    });
                } else {
                    ofWeight.run(i - ofDx.count(),
                            (_, begin, end) -> products.productOfTransposed(dz.columns(begin, end), x,
                                    dw.matrix().rows(begin, end), dw.accumulate()));
                }
            });
            products.release(h.tape(), dz);
            products.release(h.tape(), x);
        }

        /// Adds row t of dz to the sum of its tile.
        private static void addUp(Matrix dz, int t, long sum) {
            if (t % ROWS == 0) Elementwise.copy(dz.row(t), sum, dz.columns());
            else Elementwise.add(dz.row(t), sum, dz.columns());
        }

        private int columnsOfTile() {
            return h.tape().products().part(Math.clamp((output.weight.rows() + 15) / 16, 48, 1024));
        }

        private Loss total() {
            double loss = 0;
            double nll = 0;
            long correct = 0;
            for (int t = 0; t < h.rows(); t++) {
                loss += statistics.get(t, CrossEntropyKernel.LOSS);
                nll += statistics.get(t, CrossEntropyKernel.NEGATIVE_LOG_LIKELIHOOD);
                correct += (long) statistics.get(t, CrossEntropyKernel.CORRECT);
            }
            return new Loss(loss, nll, correct, h.rows());
        }
    }
}
