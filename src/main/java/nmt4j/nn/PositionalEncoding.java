package nmt4j.nn;

import nmt4j.tensor.Embeddings;
import nmt4j.tensor.Initializer;
import nmt4j.tensor.Parameter;
import nmt4j.tensor.Parameters.Scope;
import nmt4j.tensor.Tensor;

/// Tells the model where in its sentence a token stands.
public sealed interface PositionalEncoding {
    /// @param x          [T, H]
    /// @param positions  of each token in its sentence, from 0
    /// @return           [T, H]
    Tensor add(Tensor x, int[] positions);

    /// sin(pos / 10000^(2i/H)) and cos of the same in columns 2i and 2i + 1 (Vaswani et al. 2017, section 3.5).
    record Sinusoidal(int size) implements PositionalEncoding {
        @Override
        public Tensor add(Tensor x, int[] positions) {
            return Embeddings.addSinusoids(x, positions);
        }
    }

    /// A vector for each position, learnt (Gehring et al. 2017, section 3.1). Positions beyond the last share its vector.
    record Learned(Parameter table) implements PositionalEncoding {
        public static Learned of(Scope scope, int maxPositions, int size) {
            return new Learned(scope.table("positions", maxPositions, size, Initializer.normal(Math.sqrt(1.0 / size))));
        }

        @Override
        public Tensor add(Tensor x, int[] positions) {
            var clamped = new int[positions.length];
            for (int t = 0; t < clamped.length; t++) clamped[t] = Math.min(positions[t], table.rows() - 1);
            return Embeddings.addPositions(x, table, clamped);
        }
    }
}
