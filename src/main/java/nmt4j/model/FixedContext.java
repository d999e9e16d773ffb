package nmt4j.model;

import java.util.Arrays;
import java.util.Optional;
import nmt4j.nn.Linear;
import nmt4j.nn.Readout;
import nmt4j.nn.RecurrentStack;
import nmt4j.tensor.Operations;
import nmt4j.tensor.Parameter;
import nmt4j.tensor.Rows;
import nmt4j.tensor.Rows.Chosen;
import nmt4j.tensor.Tensor;

/// One summary of the source, c = tanh(V h + b) of the encoder's last state, enters every step and the output (Cho et al. 2014,
/// sections 2.2 and A.1.2): sₜ = f(sₜ₋₁, yₜ₋₁, c), and the readout is of sₜ, yₜ₋₁ and c.
///
/// @param summary  V and b
/// @param input    from c to the first layer's pre-activations [H, gates · H]
record FixedContext(RecurrentStack layers, Linear summary, Parameter input, Readout readout) implements DecoderContext {
    @Override
    public int fedSize() {
        return 0;
    }

    @Override
    public OfSource of(Encoded encoded) {
        var c = summary.apply(encoded.last().getLast());    // [B, H]
        var fromContext = Operations.product(c, input);     // [B, gates · H]
        return steps -> run(steps, c, fromContext);
    }

    private Result run(Steps steps, Tensor c, Tensor fromContext) {
        var sentences = steps.sentenceOfRow();
        var words = layers.preActivations(steps.embedded(), steps.layout());                        // [T, gates · H]
        var run = layers.run(Rows.add(words, fromContext, sentences), steps.layout(), steps.start()); // [T, H]
        var each = new int[sentences.length];
        Arrays.setAll(each, i -> i);
        var known =
                Rows.join(new Chosen(run.output(), each), new Chosen(steps.embedded(), each), new Chosen(c, sentences));
        return new Result(readout.apply(known), run.states(), Optional.empty());
    }
}
