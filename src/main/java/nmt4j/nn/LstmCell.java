package nmt4j.nn;

import java.util.List;
import nmt4j.kernel.Activation;
import nmt4j.kernel.Gates;
import nmt4j.tensor.Initializer;
import nmt4j.tensor.Parameter;
import nmt4j.tensor.Parameters.Scope;
import nmt4j.tensor.Sequence;
import nmt4j.tensor.StepLoop;
import nmt4j.tensor.StepProduct;
import nmt4j.tensor.Tensor;

/// Long short-term memory (Hochreiter & Schmidhuber 1997; forget gate: Gers, Schmidhuber & Cummins 2000; no peepholes):
///
/// iₜ = σ(Wᵢ xₜ + Uᵢ hₜ₋₁ + bᵢ), fₜ = σ(W_f xₜ + U_f hₜ₋₁ + b_f), gₜ = tanh(W_g xₜ + U_g hₜ₋₁ + b_g),
/// oₜ = σ(Wₒ xₜ + Uₒ hₜ₋₁ + bₒ); cₜ = fₜ cₜ₋₁ + iₜ gₜ; hₜ = oₜ tanh(cₜ).
///
/// The state is hₜ, cₜ. b_f begins at 1, so that what is in c stays there at first (Jozefowicz, Zaremba & Sutskever 2015).
///
/// @param input      W [I, 4H] and b [1, 4H]: i, f, g, o
/// @param recurrent  U [H, 4H]
public record LstmCell(Linear input, Parameter recurrent, float dropout) implements RecurrentCell {
    public static LstmCell of(Scope scope, int inputs, int size, Initializer recurrent, float dropout) {
        var weight = scope.in("input").add("weight", inputs, 4 * size, Initializer.xavier(inputs, size));
        var bias = scope.in("input").add("bias", 4 * size, (value, key) -> {
            value.fill(0);
            value.columns(size, 2 * size).fill(1);
        });
        return new LstmCell(new Linear(weight, bias, Activation.NONE),
                scope.add("recurrent", size, 4 * size, recurrent), dropout);
    }

    @Override
    public int parts() {
        return 2;
    }

    @Override
    public void steps(StepLoop loop, Tensor preActivations, List<Sequence> state) {
        var h = state.get(0);
        var c = state.get(1);
        loop.product(new StepProduct(loop.dropped(h, 1, dropout), recurrent, preActivations)); // [n, 4H]
        loop.gates(Gates.LSTM, preActivations, c, h);                                          // [n, H]
    }
}
