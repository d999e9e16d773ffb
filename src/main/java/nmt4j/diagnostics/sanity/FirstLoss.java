package nmt4j.diagnostics.sanity;

import nmt4j.kernel.Parallel;
import nmt4j.tensor.Tape;

/// A model that has learnt nothing guesses: its loss is about ln V.
final class FirstLoss implements Check {
    private static final double LOWEST = 0.98;
    private static final double HIGHEST = 1.08;

    @Override
    public String law() {
        return "the first loss is that of guessing";
    }

    @Override
    public Finding run(Subject subject, Parallel parallel) {
        try (var model = subject.made(); var tape = Tape.training(parallel)) {
            tape.begin(1);
            double loss = model.evaluate(tape, subject.batch(), subject.smoothing()).perToken();
            double guess = Math.log(subject.targetSize());
            return finding(loss >= LOWEST * guess && loss <= HIGHEST * guess, Check.format("%.3f", loss),
                    Check.format("%.3f to %.3f", LOWEST * guess, HIGHEST * guess),
                    Check.format("ln V = %.3f", guess));
        }
    }
}
