package nmt4j.model;

import java.util.Optional;
import nmt4j.nn.Readout;
import nmt4j.nn.RecurrentStack;

/// The source is known from the start state alone (Sutskever, Vinyals & Le 2014).
record NoContext(RecurrentStack layers, Readout readout) implements DecoderContext {
    @Override
    public int fedSize() {
        return 0;
    }

    @Override
    public OfSource of(Encoded encoded) {
        return steps -> {
            var run =
                    layers.run(layers.preActivations(steps.embedded(), steps.layout()), steps.layout(), steps.start());
            return new Result(readout.apply(run.output()), run.states(), Optional.empty());
        };
    }
}
