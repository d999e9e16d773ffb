package nmt4j.tensor;

import nmt4j.kernel.AttentionKernel;
import nmt4j.kernel.Dropout;
import nmt4j.kernel.Matrix;

/// Scaled dot-product attention over packed sentences (Vaswani et al. 2017, section 3.2): each sentence's queries see that
/// sentence's keys alone; there is no padding.
public final class Attention {
    private Attention() {}

    /// What attends to what.
    ///
    /// @param queries  where the sentences of the queries begin
    /// @param keys     where those of the keys and values begin
    /// @param heads    N
    /// @param causal   whether a query sees no later keys
    /// @param dropout  probability of dropping a weight
    public record Pattern(Sentences queries, Sentences keys, int heads, boolean causal, float dropout) {}

    /// Queries, keys and values side by side in one tensor.
    ///
    /// @param qkv  [T, 3H]
    /// @return     [T, H]
    public static Tensor self(Tensor qkv, Pattern pattern) {
        int size = qkv.columns() / 3;
        var x = qkv.value();
        return new Run(pattern, x.columns(0, size), x.columns(size, 2 * size), x.columns(2 * size, 3 * size), qkv, qkv)
                .forward();
    }

    /// Queries of one sequence, keys and values side by side of another.
    ///
    /// @param query  [T, H]
    /// @param kv     [S, 2H]
    /// @return       [T, H]
    public static Tensor cross(Tensor query, Tensor kv, Pattern pattern) {
        int size = query.columns();
        return new Run(pattern, query.value(), kv.value().columns(0, size), kv.value().columns(size, 2 * size), query,
                kv).forward();
    }

    /// One application: the matrices, and the tensors that they are columns of.
    private record Run(Pattern pattern, Matrix q, Matrix k, Matrix v, Tensor queryOf, Tensor keyOf, Matrix logSums,
            Dropout dropout) {
        Run(Pattern pattern, Matrix q, Matrix k, Matrix v, Tensor queryOf, Tensor keyOf) {
            this(pattern, q, k, v, queryOf, keyOf, queryOf.tape().arena().matrix(q.rows(), pattern.heads),
                    queryOf.tape().dropout(pattern.dropout));
        }

        Tensor forward() {
            var tape = queryOf.tape();
            var y = tape.tensor(q.rows(), q.columns()); // [T, H]
            tape.parallel("attention", q, k, v, y.value()).tiles(tiles(),
                    i -> AttentionKernel.forward(head(i), queryPart(y.value(), i)));
            tape.record(y, () -> backward(y), logSums);
            return y;
        }

        void backward(Tensor y) {
            int size = q.columns();
            boolean self = queryOf == keyOf;
            var dQueryOf = whole(queryOf);
            var dKeyOf = self ? dQueryOf : whole(keyOf);
            int first = self ? size : 0;
            var dq = dQueryOf.columns(0, size);
            var dk = dKeyOf.columns(first, first + size);
            var dv = dKeyOf.columns(first + size, first + 2 * size);
            queryOf.tape().parallel("attention, backward", q, k, v, y.gradient(), dq, dk, dv).tiles(tiles(),
                    i -> AttentionKernel.backward(head(i),
                            queryPart(y.gradient(), i), queryPart(dq, i), keyPart(dk, i), keyPart(dv, i)));
        }

        /// Projections are made for one attention only, so their gradients come from here alone.
        private static Matrix whole(Tensor projection) {
            var gradient = projection.receive();
            if (gradient.accumulate()) throw new IllegalStateException("a projection that two attentions use");
            return gradient.matrix();
        }

        /// One tile for each head of each sentence.
        private int tiles() {
            return pattern.queries.size() * pattern.heads;
        }

        private AttentionKernel.Head head(int tile) {
            int sentence = tile / pattern.heads;
            int n = tile % pattern.heads;
            var sums = logSums.columns(n, n + 1).rows(pattern.queries.begin(sentence), pattern.queries.end(sentence));
            var own = new Dropout(dropout.key() + tile * 0x632be5ab, dropout.probability());
            return new AttentionKernel.Head(queryPart(q, tile), keyPart(k, tile), keyPart(v, tile), sums,
                    pattern.causal, own);
        }

        private Matrix queryPart(Matrix x, int tile) {
            return part(x, pattern.queries, tile);
        }

        private Matrix keyPart(Matrix x, int tile) {
            return part(x, pattern.keys, tile);
        }

        private Matrix part(Matrix x, Sentences sentences, int tile) {
            int sentence = tile / pattern.heads;
            int n = tile % pattern.heads;
            int size = x.columns() / pattern.heads;
            return x.rows(sentences.begin(sentence), sentences.end(sentence)).columns(n * size, (n + 1) * size);
        }
    }
}
