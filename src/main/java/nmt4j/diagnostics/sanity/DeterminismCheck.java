package nmt4j.diagnostics.sanity;

import java.util.List;
import nmt4j.kernel.Parallel;
import nmt4j.model.TranslationModel;
import nmt4j.tensor.Tape;

/// Without dropout nothing is random; with it, all is a function of the update's key.
final class DeterminismCheck implements Check {
    @Override
    public String law() {
        return "the same input gives the same bits";
    }

    @Override
    public Finding run(Subject subject, Parallel parallel) {
        try (var model = subject.made()) {
            double inference = inference(model, subject, parallel);
            double training = Check.difference(gradient(model, subject, parallel), gradient(model, subject, parallel));
            return finding(inference == 0 && training == 0, Check.format("%.1e", Math.max(inference, training)), "0",
                    inference != 0 ? "without dropout" : training != 0 ? "in training, with the same key" : "");
        }
    }

    private static double inference(TranslationModel model, Subject subject, Parallel parallel) {
        try (var tape = Tape.inference(parallel)) {
            var first = Subject.states(model, tape, subject.batch());
            return Check.difference(first, Subject.states(model, tape, subject.batch()));
        }
    }

    /// The gradient of all parameters for one key.
    static float[] gradient(TranslationModel model, Subject subject, Parallel parallel) {
        try (var tape = Tape.training(parallel).exact()) {
            model.parameters().clearGradients();
            tape.begin(1);
            model.train(tape, subject.batch(), subject.smoothing(), 1);
            model.parameters().settleGradients(List.of());
            return model.parameters().gradients().toArray();
        }
    }
}
