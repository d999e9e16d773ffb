package nmt4j.diagnostics.sanity;

import java.util.List;
import java.util.function.Consumer;
import nmt4j.Failure;
import nmt4j.kernel.Parallel;

/// What every model must do before it is worth training, cheapest first. Each check has a test that plants the mistake
/// which it is there to find.
public final class SanityLadder {
    private static final List<Check> CHECKS = List.of(new FirstLoss(), new DeterminismCheck(), new ThreadsCheck(),
            new FutureCheck(), new NeighbourCheck(), new PaddingCheck(), new SaveCheck(), new ReachCheck(),
            new SlopeCheck(), new OverfittingCheck());

    private SanityLadder() {}

    /// Carries out all checks, also after one has failed.
    ///
    /// @param listener  is shown each finding as it is made
    /// @return          whether all passed
    public static boolean climb(Subject subject, int threads, Consumer<Finding> listener) {
        boolean passed = true;
        try (var parallel = new Parallel(threads)) {
            for (var check : CHECKS) {
                var finding = run(check, subject, parallel);
                listener.accept(finding);
                passed &= finding.passed();
            }
        }
        return passed;
    }

    /// A layer that somebody has just written may throw anything: that is a finding too.
    static Finding run(Check check, Subject subject, Parallel parallel) {
        try {
            return check.run(subject, parallel);
        } catch (Failure e) {
            throw e;
        } catch (RuntimeException e) {
            var at = e.getStackTrace().length == 0 ? "" : " at " + e.getStackTrace()[0];
            return check.finding(false, "an exception", "none", e + at);
        }
    }
}
