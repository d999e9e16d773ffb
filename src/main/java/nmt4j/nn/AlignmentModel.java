package nmt4j.nn;

import java.util.Optional;
import nmt4j.tensor.Initializer;
import nmt4j.tensor.Operations;
import nmt4j.tensor.Parameter;
import nmt4j.tensor.Parameters.Scope;
import nmt4j.tensor.Sequence;
import nmt4j.tensor.StepLoop;
import nmt4j.tensor.StepLoop.Read;
import nmt4j.tensor.StepProduct;
import nmt4j.tensor.Tensor;

/// How well a decoder's state h and a source position's state h̄ match: a score, whose softmax over the source is the attention.
/// What depends on h̄ alone, the keys, is computed once.
public sealed interface AlignmentModel {
    /// @param states  h̄ [S, H]
    /// @return        [S, A]
    Tensor keys(Tensor states);

    /// @param h  all steps [T, H]
    /// @return   [T, A]
    default Tensor query(Tensor h) {
        return h;
    }

    /// The same step by step.
    default Sequence query(StepLoop loop, Read h) {
        return h.x();
    }

    /// v [1, A], if scores are v · tanh(query + key); else they are query · key.
    default Optional<Parameter> v() {
        return Optional.empty();
    }

    /// score = h · h̄ (Luong, Pham & Manning 2015, section 3.1).
    record Dot() implements AlignmentModel {
        @Override
        public Tensor keys(Tensor states) {
            return states;
        }
    }

    /// score = h · W h̄ (the same, "general").
    ///
    /// @param weight  Wᵀ [H, H]
    record General(Parameter weight) implements AlignmentModel {
        public static General of(Scope scope, int size) {
            return new General(scope.add("weight", size, size, Initializer.xavier(size, size)));
        }

        @Override
        public Tensor keys(Tensor states) {
            return Operations.product(states, weight);
        }
    }

    /// score = v · tanh(W h + U h̄): the alignment model of Bahdanau, Cho & Bengio 2015 (appendix A.1.2), where h is the state
    /// before, and "concat" of Luong, Pham & Manning 2015, where it is the present one.
    ///
    /// @param query  W [H, A]
    /// @param key    U [H, A]
    /// @param vector v [1, A]
    record Additive(Parameter query, Parameter key, Parameter vector) implements AlignmentModel {
        public static Additive of(Scope scope, int size) {
            return new Additive(scope.add("query", size, size, Initializer.xavier(size, size)),
                    scope.add("key", size, size, Initializer.xavier(size, size)),
                    scope.add("vector", size, Initializer.xavier(size, 1)));
        }

        @Override
        public Tensor keys(Tensor states) {
            return Operations.product(states, key);
        }

        @Override
        public Tensor query(Tensor h) {
            return Operations.product(h, query);
        }

        @Override
        public Sequence query(StepLoop loop, Read h) {
            var q = loop.zeros(query.columns());
            loop.product(new StepProduct(h, query, q.all()));
            return q;
        }

        @Override
        public Optional<Parameter> v() {
            return Optional.of(vector);
        }
    }
}
