package nmt4j.training;

import nmt4j.data.Position;
import nmt4j.optim.Schedule.PlateauState;

/// All of a run that is neither a weight nor a moment.
///
/// @param update       updates made
/// @param position     of the next batch
/// @param validated    the update of the last validation, 0 before the first
/// @param standing     how the validations went
/// @param plateau      of a schedule that follows validations
/// @param recovery     how often things were not numbers
/// @param interval     sums of the line of the log that is not yet full
/// @param metricsSize  bytes of `metrics.jsonl` that belong to this state
/// @param seconds      of the run so far
record Progress(long update, Position position, long validated, Standing standing, PlateauState plateau,
        Recovery recovery,
        Interval interval, long metricsSize, double seconds) {
    static final Progress START = new Progress(0, Position.START, 0, Standing.START, PlateauState.START, Recovery.START,
            Interval.EMPTY, 0, 0);

    /// How the validations went.
    ///
    /// @param best    the highest score, of the model after update `update`
    /// @param worse   validations since then
    record Standing(double best, long update, int worse) {
        static final Standing START = new Standing(-Double.MAX_VALUE, 0, 0);

        Standing after(double score, long now) {
            return score > best ? new Standing(score, now, 0) : new Standing(best, update, worse + 1);
        }
    }

    /// @param inRow      updates skipped in a row
    /// @param rollbacks  returns to a saved state
    record Recovery(int inRow, int rollbacks) {
        static final Recovery START = new Recovery(0, 0);

        /// Factor of the learning rate: each return halves it.
        double rateScale() {
            return Math.scalb(1.0, -rollbacks);
        }
    }

    Progress after(Update done) {
        int inRow = done.isFinite() ? 0 : recovery.inRow + 1;
        return new Progress(update + 1, done.next(), validated, standing, plateau,
                new Recovery(inRow, recovery.rollbacks),
                interval.plus(done), metricsSize, seconds + done.seconds());
    }

    Progress logged() {
        return new Progress(update, position, validated, standing, plateau, recovery, Interval.EMPTY, metricsSize,
                seconds);
    }

    Progress validated(Standing standing, PlateauState plateau, double duration) {
        return new Progress(update, position, update, standing, plateau, recovery, interval, metricsSize,
                seconds + duration);
    }

    Progress withMetrics(long metricsSize) {
        return new Progress(update, position, validated, standing, plateau, recovery, interval, metricsSize, seconds);
    }

    Progress with(Recovery recovery) {
        return new Progress(update, position, validated, standing, plateau, recovery, interval, metricsSize, seconds);
    }
}
