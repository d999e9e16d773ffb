package nmt4j.nn;

import java.util.Optional;
import nmt4j.kernel.Activation;
import nmt4j.tensor.Parameters.Scope;
import nmt4j.tensor.Tensor;

/// From what an encoder's layer ended with to what a decoder's layer begins with.
public sealed interface Bridge {
    /// @param last  [B, parts · H]
    /// @return      the same shape; empty for 0
    Optional<Tensor> start(Tensor last);

    record Zero() implements Bridge {
        @Override
        public Optional<Tensor> start(Tensor last) {
            return Optional.empty();
        }
    }

    /// The last state itself (Sutskever, Vinyals & Le 2014).
    record Last() implements Bridge {
        @Override
        public Optional<Tensor> start(Tensor last) {
            return Optional.of(last);
        }
    }

    /// s₀ = tanh(W h + b) of the whole last state, an LSTM's c included (Bahdanau, Cho & Bengio 2015, appendix A.2.2, who take the
    /// backward half alone).
    record Tanh(Linear layer) implements Bridge {
        public static Tanh of(Scope scope, int size) {
            return new Tanh(Linear.of(scope, size, size, Activation.TANH));
        }

        @Override
        public Optional<Tensor> start(Tensor last) {
            return Optional.of(layer.apply(last));
        }
    }
}
