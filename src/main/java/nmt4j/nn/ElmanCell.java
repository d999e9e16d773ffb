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

/// The simple recurrent network (Elman 1990): hₜ = f(W xₜ + U hₜ₋₁ + b), with f = tanh; or f = max(·, 0), which with U = 1 at
/// the start is the IRNN (Le, Jaitly & Hinton 2015).
///
/// @param input      W [I, H] and b [1, H]
/// @param recurrent  U [H, H]
/// @param f          `Gates.TANH` or `Gates.RELU`
public record ElmanCell(Linear input, Parameter recurrent, Gates f, float dropout) implements RecurrentCell {
    public static ElmanCell of(Scope scope, int inputs, int size, Gates f, Initializer recurrent, float dropout) {
        return new ElmanCell(Linear.side(scope.in("input"), inputs, size, 1, Activation.NONE),
                scope.add("recurrent", size, size, recurrent), f, dropout);
    }

    @Override
    public void steps(StepLoop loop, Tensor preActivations, List<Sequence> state) {
        var h = state.getFirst();
        loop.product(new StepProduct(loop.dropped(h, 1, dropout), recurrent, preActivations)); // [n, H]
        loop.gates(f, preActivations, h);                                                      // [n, H]
    }
}
