package nmt4j.diagnostics.sanity;

import nmt4j.kernel.Parallel;
import nmt4j.model.TranslationModel;
import nmt4j.optim.Schedule;
import nmt4j.tensor.Tape;
import nmt4j.training.Step;

/// Four sentences can be learnt by heart, with the config's own optimizer, clipping, dropout and highest rate.
final class OverfittingCheck implements Check {
    private static final int UPDATES = 300;
    private static final int LOOK_EVERY = 10;
    /// Updates in which the rate rises.
    private static final int WARMUP = 30;
    private static final int LONGEST_WARMUP = 50_000;

    @Override
    public String law() {
        return "one batch is learnt by heart";
    }

    @Override
    public Finding run(Subject subject, Parallel parallel) {
        var training = subject.config().training();
        double rate = highestRate(Schedule.of(training.schedule(), subject.config().model().modelSize()));
        try (var model = subject.made();
                var step = new Step(model, training, subject.config().seed(), parallel);
                var tape = Tape.inference(parallel)) {
            double accuracy = 0;
            int update = 0;
            while (update < UPDATES && accuracy < 1) {
                update++;
                step.run(subject::batch, update, rate * Math.min(1, update / (double) WARMUP));
                if (update % LOOK_EVERY == 0) accuracy = accuracy(model, tape, subject);
            }
            return finding(accuracy == 1, Check.format("%.0f %%", 100 * accuracy), "100 % correct",
                    Check.format("after %d updates of at most %d, rate %.1e", update, UPDATES, rate));
        }
    }

    private static double accuracy(TranslationModel model, Tape tape, Subject subject) {
        tape.begin(1);
        return model.evaluate(tape, subject.batch(), 0).accuracy();
    }

    private static double highestRate(Schedule schedule) {
        double highest = 0;
        for (int u = 1; u <= LONGEST_WARMUP; u++) highest = Math.max(highest, schedule.rate(u));
        return highest;
    }
}
