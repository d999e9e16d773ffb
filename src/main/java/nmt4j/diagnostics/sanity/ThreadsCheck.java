package nmt4j.diagnostics.sanity;

import nmt4j.kernel.Parallel;
import nmt4j.model.TranslationModel;

/// How many threads compute changes no bit of a gradient.
final class ThreadsCheck implements Check {
    @Override
    public String law() {
        return "one, two and three threads give the same bits";
    }

    @Override
    public Finding run(Subject subject, Parallel parallel) {
        try (var model = subject.made()) {
            var one = gradient(model, subject, 1);
            double two = Check.difference(one, gradient(model, subject, 2));
            double three = Check.difference(one, gradient(model, subject, 3));
            return finding(two == 0 && three == 0, Check.format("%.1e", Math.max(two, three)), "0",
                    two != 0 ? "with two threads" : three != 0 ? "with three threads" : "");
        }
    }

    private static float[] gradient(TranslationModel model, Subject subject, int threads) {
        try (var parallel = new Parallel(threads)) {
            return DeterminismCheck.gradient(model, subject, parallel);
        }
    }
}
