package nmt4j.nn;

import java.util.function.UnaryOperator;
import nmt4j.tensor.Operations;
import nmt4j.tensor.Parameters.Scope;
import nmt4j.tensor.Tensor;

/// A residual connection around a part of a layer, normalised before it, x + dropout(f(norm(x))), or after it,
/// norm(x + dropout(f(x))) (Xiong et al. 2020, figure 1).
public sealed interface Residual {
    Tensor around(UnaryOperator<Tensor> part, Tensor x);

    static Residual preNorm(Scope scope, int size, float dropout) {
        return new PreNorm(LayerNorm.of(scope, size), dropout);
    }

    static Residual postNorm(Scope scope, int size, float dropout) {
        return new PostNorm(LayerNorm.of(scope, size), dropout);
    }

    record PreNorm(LayerNorm norm, float dropout) implements Residual {
        @Override
        public Tensor around(UnaryOperator<Tensor> part, Tensor x) {
            return Operations.addDropped(x, part.apply(norm.apply(x)), dropout);
        }
    }

    record PostNorm(LayerNorm norm, float dropout) implements Residual {
        @Override
        public Tensor around(UnaryOperator<Tensor> part, Tensor x) {
            return norm.apply(Operations.addDropped(x, part.apply(x), dropout));
        }
    }
}
