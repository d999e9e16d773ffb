package nmt4j.nn;

import java.util.List;
import nmt4j.kernel.Activation;
import nmt4j.kernel.Gates;
import nmt4j.tensor.Block;
import nmt4j.tensor.Initializer;
import nmt4j.tensor.Parameter;
import nmt4j.tensor.Parameters.Scope;
import nmt4j.tensor.Sequence;
import nmt4j.tensor.StepLoop;
import nmt4j.tensor.StepProduct;
import nmt4j.tensor.Tensor;

/// Gated recurrent unit (Cho et al. 2014):
///
/// rₜ = σ(Wᵣ xₜ + Uᵣ hₜ₋₁ + bᵣ), zₜ = σ(W_z xₜ + U_z hₜ₋₁ + b_z), nₜ = tanh(W xₜ + b + rₜ (U hₜ₋₁)), hₜ = (1 − zₜ) nₜ + zₜ hₜ₋₁.
///
/// Of the two variants this is the one of the paper's first version (arXiv:1406.1078v1), in which the reset gate acts *after* the
/// product with U; the later one has U (rₜ hₜ₋₁). Here all three products with hₜ₋₁ are one. (cuDNN's and PyTorch's, too.)
///
/// @param input      W [I, 3H] and b [1, 3H]: r, z, n
/// @param recurrent  U [H, 3H]: r, z, n
public record GruCell(Linear input, Parameter recurrent, float dropout) implements RecurrentCell {
    public static GruCell of(Scope scope, int inputs, int size, Initializer recurrent, float dropout) {
        return new GruCell(Linear.side(scope.in("input"), inputs, size, 3, Activation.NONE),
                scope.add("recurrent", size, 3 * size, recurrent), dropout);
    }

    @Override
    public void steps(StepLoop loop, Tensor preActivations, List<Sequence> state) {
        var h = state.getFirst();
        var before = loop.dropped(h, 1, dropout);
        var q = loop.zeros(size()); // U hₜ₋₁
        loop.product(new StepProduct(before, Block.columns(recurrent, 0, 2 * size()), preActivations, 0)); // [n, 2H]
        loop.product(new StepProduct(before, Block.columns(recurrent, 2 * size(), 3 * size()), q.all(), 0)); // [n, H]
        loop.gates(Gates.GRU, preActivations, q, h);                                                          // [n, H]
    }
}
