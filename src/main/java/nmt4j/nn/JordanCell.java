package nmt4j.nn;

import java.util.List;
import nmt4j.kernel.Activation;
import nmt4j.kernel.Gates;
import nmt4j.tensor.Initializer;
import nmt4j.tensor.Parameter;
import nmt4j.tensor.Parameters.Scope;
import nmt4j.tensor.Rows;
import nmt4j.tensor.Sequence;
import nmt4j.tensor.StepLoop;
import nmt4j.tensor.StepLoop.Read;
import nmt4j.tensor.StepProduct;
import nmt4j.tensor.Tensor;

/// The network of Jordan 1986: the previous output is fed back, not the hidden state.
///
/// hₜ = tanh(W xₜ + U yₜ₋₁ + b), yₜ = tanh(V hₜ + c). The state, and what is passed on, is y.
///
/// @param input      W [I, H] and b [1, H]
/// @param recurrent  U [H, H]
/// @param output     V [H, H]
/// @param bias       c [1, H]
public record JordanCell(Linear input, Parameter recurrent, Parameter output, Parameter bias, float dropout)
        implements RecurrentCell {
    public static JordanCell of(Scope scope, int inputs, int size, Initializer recurrent, float dropout) {
        return new JordanCell(Linear.side(scope.in("input"), inputs, size, 1, Activation.NONE),
                scope.add("recurrent", size, size, recurrent),
                scope.in("output").add("weight", size, size, recurrent),
                scope.in("output").add("bias", size, Initializer.ZERO), dropout);
    }

    @Override
    public void steps(StepLoop loop, Tensor preActivations, List<Sequence> state) {
        var y = state.getFirst();
        var h = loop.sequence(size());
        var outputs = Rows.repeat(preActivations.tape(), bias, loop.steps().rows());           // [T, H]
        loop.product(new StepProduct(loop.dropped(y, 1, dropout), recurrent, preActivations)); // [n, H]
        loop.gates(Gates.TANH, preActivations, h);                                             // [n, H]
        loop.product(new StepProduct(new Read(h, 0), output, outputs));                        // [n, H]
        loop.gates(Gates.TANH, outputs, y);                                                    // [n, H]
    }
}
