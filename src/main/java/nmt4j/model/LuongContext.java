package nmt4j.model;

import java.util.Optional;
import nmt4j.nn.AlignmentModel;
import nmt4j.nn.Readout;
import nmt4j.nn.RecurrentStack;
import nmt4j.tensor.SourceAttention;
import nmt4j.tensor.StepLoop;

/// Global attention of Luong, Pham & Manning 2015 without input feeding: the present state asks the source,
/// αₜ = softmax(score(hₜ, h̄)), cₜ = Σ αₜ h̄, and the attentional state is h̃ₜ = tanh(W [cₜ; hₜ]). No step waits for an attention, so
/// all of them are computed at once.
record LuongContext(RecurrentStack layers, AlignmentModel score, Readout readout) implements DecoderContext {
    @Override
    public int fedSize() {
        return 0;
    }

    @Override
    public OfSource of(Encoded encoded) {
        var keys = score.keys(encoded.states()); // [S, A]
        return steps -> {
            var attention = new SourceAttention(keys, encoded.states(), encoded.sentences(), steps.sentences(),
                    score.v(), steps.listener());
            var run =
                    layers.run(layers.preActivations(steps.embedded(), steps.layout()), steps.layout(), steps.start());
            var context = StepLoop.attend(score.query(run.output()), steps.layout(), attention); // [T, H]
            return new Result(readout.apply(context, run.output()), run.states(), Optional.empty());
        };
    }
}
