package nmt4j.model;

import java.util.List;
import java.util.Optional;
import nmt4j.nn.AlignmentModel;
import nmt4j.nn.Readout;
import nmt4j.nn.RecurrentStack;
import nmt4j.tensor.Parameter;
import nmt4j.tensor.SourceAttention;
import nmt4j.tensor.StepLoop;
import nmt4j.tensor.StepLoop.Read;
import nmt4j.tensor.StepProduct;
import nmt4j.tensor.Tensor;

/// Jointly learning to align and translate (Bahdanau, Cho & Bengio 2015): the state before asks the source,
/// αₜ = softmax(a(sₜ₋₁, h̄)), cₜ = Σ αₜ h̄, and the context enters the step, sₜ = f(sₜ₋₁, yₜ₋₁, cₜ), and the readout of sₜ, yₜ₋₁
/// and cₜ. (The paper's readout takes sₜ₋₁.)
///
/// With several layers the lowest one asks and reads; those above see its output only, and the readout sees the highest.
///
/// @param alignment  a
/// @param input      from c to the first layer's pre-activations [H, gates · H]
record BahdanauContext(RecurrentStack layers, AlignmentModel alignment, Parameter input, Readout readout)
        implements DecoderContext {
    @Override
    public int fedSize() {
        return 0;
    }

    @Override
    public OfSource of(Encoded encoded) {
        var keys = alignment.keys(encoded.states()); // [S, A]
        return steps -> run(steps, encoded, keys);
    }

    private Result run(Steps steps, Encoded encoded, Tensor keys) {
        var cell = layers.cells().getFirst();
        var preActivations = layers.preActivations(steps.embedded(), steps.layout()); // [T, gates · H]
        var attention = new SourceAttention(keys, encoded.states(), encoded.sentences(), steps.sentences(),
                alignment.v(), steps.listener());
        var loop = new StepLoop(steps.embedded().tape(), steps.layout());
        var state = cell.state(loop, steps.start().getFirst());
        var query = alignment.query(loop, new Read(state.getFirst(), 1));             // [n, A]
        var context = loop.attention(query, attention);                               // [n, H]
        loop.product(new StepProduct(new Read(context, 0), input, preActivations));   // [n, gates · H]
        cell.steps(loop, preActivations, state);                                      // [n, H]
        loop.run();
        var run = layers.runAbove(List.copyOf(state), steps.start());
        return new Result(readout.apply(run.output(), steps.embedded(), context.all()), run.states(), Optional.empty());
    }
}
