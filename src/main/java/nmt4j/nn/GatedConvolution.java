package nmt4j.nn;

import java.util.function.UnaryOperator;
import nmt4j.nn.Affine.WeightNorm;
import nmt4j.tensor.Operations;
import nmt4j.tensor.Parameters.Scope;
import nmt4j.tensor.Tape;
import nmt4j.tensor.Tensor;

/// A convolution with a gated linear unit (Gehring et al. 2017, section 3.2): v([a, b]) = a ⊗ σ(b) where [a, b] = W [x₁
/// … x_k] + b of k neighbours.
///
/// @param filter   from k neighbours side by side to a and b, [k · H, 2H]
/// @param dropout  of x
public record GatedConvolution(Affine filter, float dropout) {
    /// @param width  k
    public static GatedConvolution of(Scope scope, int width, int size, float dropout) {
        return new GatedConvolution(WeightNorm.of(scope, width * size, 2 * size, Math.sqrt(4 * (1 - dropout))),
                dropout);
    }

    /// @param x        [T, H]
    /// @param windows  shows each row's k neighbours side by side, [T, k · H]
    /// @return         [T, H]
    public Tensor apply(Tensor x, UnaryOperator<Tensor> windows) {
        return filter.gated(windows.apply(Operations.dropout(x, dropout)));
    }

    /// For many small inputs, see `Affine.made`.
    public GatedConvolution made(Tape keep) {
        return new GatedConvolution(filter.made(keep), dropout);
    }
}
