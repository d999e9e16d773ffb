package nmt4j.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nmt4j.nn.AlignmentModel;
import nmt4j.nn.Readout;
import nmt4j.nn.RecurrentStack;
import nmt4j.tensor.Parameter;
import nmt4j.tensor.Sequence;
import nmt4j.tensor.SourceAttention;
import nmt4j.tensor.StepLoop;
import nmt4j.tensor.StepLoop.Read;
import nmt4j.tensor.StepProduct;
import nmt4j.tensor.Tensor;

/// Global attention with input feeding (Luong, Pham & Manning 2015, section 3.3): as `LuongContext`, and the attentional state
/// h̃ₜ₋₁ is part of the next input, so that the model knows what it has attended to. h̃₀ = 0.
///
/// @param input  from h̃ to the first layer's pre-activations [F, gates · H]
record InputFeedingContext(RecurrentStack layers, AlignmentModel score, Parameter input, Readout readout)
        implements DecoderContext {
    @Override
    public int fedSize() {
        return readout.size();
    }

    @Override
    public OfSource of(Encoded encoded) {
        var keys = score.keys(encoded.states()); // [S, A]
        return steps -> run(steps, encoded, keys);
    }

    private Result run(Steps steps, Encoded encoded, Tensor keys) {
        var preActivations = layers.preActivations(steps.embedded(), steps.layout()); // [T, gates · H]
        var attention = new SourceAttention(keys, encoded.states(), encoded.sentences(), steps.sentences(), score.v(),
                steps.listener());
        var loop = new StepLoop(steps.embedded().tape(), steps.layout());
        var states = new ArrayList<List<Sequence>>();
        var attentional = loop.sequence(readout.size(), steps.fed().map(fed -> new Sequence.Start(fed, 0)));
        loop.product(new StepProduct(new Read(attentional, 1), input, preActivations)); // [n, gates · H]
        var h = layers.steps(loop, preActivations, steps.start(), states);              // [n, H]
        var context = loop.attention(score.query(loop, new Read(h, 0)), attention);     // [n, H]
        readout.steps(loop, List.of(context, h), attentional);                          // [n, F]
        loop.run();
        return new Result(attentional.all(), states, Optional.of(attentional));
    }
}
