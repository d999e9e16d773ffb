package nmt4j.training;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import nmt4j.Failure;
import nmt4j.config.TrainingConfig;
import nmt4j.data.Batches;
import nmt4j.data.BatchStream;
import nmt4j.kernel.JavaHeap;
import nmt4j.model.LoadedModel;
import nmt4j.optim.Schedule;

/// A training run from its start, or from where it was interrupted, to its end.
public final class Trainer implements AutoCloseable {
    private static final int LOG_EVERY = 100;
    private static final double SAVE_EVERY_SECONDS = 300;
    private static final int SKIPS_BEFORE_ROLLBACK = 5;
    private static final int ROLLBACKS = 5;
    /// A loss this many times that of guessing says that the run diverges.
    private static final double HOPELESS = 2;

    private final LoadedModel model;
    private final TrainingConfig config;
    private final TrainingData data;
    private final RunFolder folder;
    private final Surroundings surroundings;
    private final Batches batches;
    private final Step step;
    private final Optional<Judge> judge;
    private final Checkpoints checkpoints;
    private Journal journal;
    private Schedule schedule;
    private Progress progress;
    private Optional<SavedState> resumed = Optional.empty();
    private long saved;
    private Saving saving = Saving.NOTHING;
    private Limits limits;

    /// @param model  with memory for training, and the weights to start from
    public Trainer(LoadedModel model, TrainingData data, RunFolder folder, Surroundings surroundings) {
        this.model = model;
        this.data = data;
        this.folder = folder;
        this.surroundings = surroundings;
        config = model.config().training();
        batches = new Batches(data.corpus(), config.batch(), model.config().seed());
        step = new Step(model.model(), config, model.config().seed(), surroundings.parallel());
        judge = data.validation().map(set -> new Judge(model, set, surroundings));
        checkpoints = new Checkpoints(folder, model);
        schedule = Schedule.of(config.schedule(), model.config().model().modelSize());
        progress = Progress.START;
    }

    /// Goes on from a saved state, in place of starting.
    public void resume(SavedState state) {
        state.requireSame(model.config());
        state.requireSame(data);
        state.restore(model, step.optimizer());
        progress = state.progress();
        schedule = schedule.resumed(progress.plateau());
        resumed = Optional.of(state);
    }

    /// Whether the run has ended, and its limits leave nothing to do.
    public boolean isFinished() {
        return progress.update() > 0 && Limits.reached(config, progress).isPresent()
                && Journal.saysEnd(folder.metrics(), progress.metricsSize());
    }

    /// Trains until a limit is reached, models no longer become better, or someone asks to stop.
    public Ending train() {
        if (isFinished()) return Ending.ALREADY_FINISHED;
        folder.begin();
        resumed.ifPresent(this::forgetWhatCameAfter);
        folder.write(folder.config(), model.config().toJson());
        limits = new Limits(config, Math.ceilDiv(batches.count(1), config.accumulation()));
        try (var opened = new Journal(folder, surroundings, progress.metricsSize())) {
            journal = opened;
            saved = System.nanoTime();
            if (progress.update() == 0) save();
            while (true) {
                var ending = run();
                if (ending.isPresent()) return ending.get();
                rollBack();
            }
        }
    }

    /// Trains to the end, or until the run has to go back.
    private Optional<Ending> run() {
        try (var stream = batches.from(progress.position())) {
            while (!hasDiverged()) {
                if (surroundings.interrupted().getAsBoolean()) return Optional.of(interrupt());
                if (isValidationDue() && !validate()) continue;
                var limit = Limits.reached(config, progress);
                if (limit.isPresent()) return end(limit.get());
                update(stream);
                if (isSaveDue()) save();
            }
            return Optional.empty();
        }
    }

    private boolean isSaveDue() {
        return !hasDiverged()
                && (System.nanoTime() - saved > SAVE_EVERY_SECONDS * 1e9 || saving.hasFailed());
    }

    private void update(BatchStream stream) {
        int epoch = progress.position().epoch();
        long number = progress.update() + 1;
        double rate = schedule.rate(number) * progress.recovery().rateScale();
        var done = step.run(stream::next, number, rate);
        progress = progress.after(done);
        journal.progress(number, limits.updates());
        if (!done.isFinite()) journal.line(Report.skipped(done, number, step.firstNonFinite()));
        if (number % logEvery() != 0 && number != 1) return;
        JavaHeap.tidy();
        journal.line(Report.line(progress.interval(), progress, epoch, rate, limits.secondsLeft(progress)));
        journal.record(Report.record(progress.interval(), progress, epoch, rate));
        if (diverges(progress.interval())) {
            journal.say("update %,d: the loss is more than %.0f times that of guessing", number, HOPELESS);
            diverge();
        }
        progress = progress.logged();
    }

    private boolean diverges(Interval interval) {
        double guessing = Math.log(model.target().vocabulary().size());
        return progress.update() > 1
                && interval.loss().negativeLogLikelihood() / interval.loss().tokens() > HOPELESS * guessing;
    }

    /// As after too many skipped updates in a row.
    private void diverge() {
        progress = progress.with(new Progress.Recovery(SKIPS_BEFORE_ROLLBACK, progress.recovery().rollbacks()));
    }

    private boolean hasDiverged() {
        return progress.recovery().inRow() >= SKIPS_BEFORE_ROLLBACK;
    }

    private long logEvery() {
        int between = config.validation().everyUpdates().orElse(5 * LOG_EVERY);
        return Math.clamp(between / 5, 1, LOG_EVERY);
    }

    private boolean isValidationDue() {
        if (progress.update() == progress.validated()) return false;
        var every = config.validation().everyUpdates();
        return every.isPresent() ? progress.update() % every.getAsInt() == 0
                : progress.position().batch() == 0 && progress.position().epoch() > 1;
    }

    /// A killed process may have written models after its last state, and one that ended has judged its last model.
    private void forgetWhatCameAfter(SavedState state) {
        checkpoints.restoreBest(state);
        checkpoints.forgetAfter(progress.validated());
    }

    /// Judges the model, keeps it as one of the best if it is, and saves the state.
    ///
    /// @return  false if the run was asked to stop meanwhile, or diverges: then nothing is written
    private boolean validate() {
        if (!judgeAndKeep()) return false;
        insist(checkpoints::prune);
        save();
        return true;
    }

    private boolean judgeAndKeep() {
        settle();
        step.optimizer().exchangeAverage();
        try {
            return judgeAndKeepPresent();
        } finally {
            step.optimizer().exchangeAverage();
        }
    }

    private boolean judgeAndKeepPresent() {
        long start = System.nanoTime();
        judge.ifPresent(_ -> step.vacate());
        Optional<Judge.Verdict> verdict = judge.flatMap(Judge::judge);
        if (judge.isPresent() && verdict.isEmpty()) return false;
        if (isBroken(verdict)) {
            journal.say("update %,d: the model computes numbers that are not finite", progress.update());
            diverge();
            return false;
        }
        Map<String, Double> scores = verdict.map(Judge.Verdict::scores).orElse(Map.of());
        insist(() -> checkpoints.writeLast(progress.update(), scores));
        boolean isBest = verdict.isEmpty();
        var standing = progress.standing();
        if (verdict.isPresent()) {
            double score = verdict.get().score(config.validation().metric());
            standing = standing.after(score, progress.update());
            schedule = schedule.after(score);
            isBest = standing.update() == progress.update();
            report(verdict.get(), isBest);
        }
        if (isBest) insist(() -> checkpoints.lastIsBest(verdict.flatMap(Judge.Verdict::translations)));
        insist(() -> checkpoints.add(progress.update()));
        progress = progress.validated(standing, schedule.memory(), (System.nanoTime() - start) / 1e9);
        return true;
    }

    /// Whether the model is none to go back to. Where nobody judges it, the last update tells.
    private boolean isBroken(Optional<Judge.Verdict> verdict) {
        return verdict.map(v -> !v.isFinite()).orElse(progress.recovery().inRow() > 0);
    }

    private void report(Judge.Verdict verdict, boolean isBest) {
        journal.line(Report.line(verdict, progress, isBest));
        journal.record(Report.record(verdict, progress, isBest));
        if (verdict.translations().isEmpty()) return;
        var set = judge.orElseThrow().set();
        int samples = Math.min(config.validation().samples(), set.size());
        for (int i = 0; i < samples; i++) {
            int line = (int) ((long) i * set.size() / samples);
            journal.line("  source      " + set.sources().get(line));
            journal.line("  reference   " + set.references().get(line));
            journal.line("  translation " + verdict.translations().get().lines().get(line));
        }
    }

    /// Saves the state, which is safe some time later.
    private void save() {
        settle();
        insist(() -> saving = Saving.start(beginToSave()));
        saved = System.nanoTime();
    }

    private Runnable beginToSave() {
        progress = progress.withMetrics(journal.forceMetrics());
        return SavedState.begin(folder, model, step.optimizer(), progress, data.fingerprints());
    }

    /// Waits until the last state that was saved is safe. If it can not be, says so, and saves the present one in its place.
    private void settle() {
        awaitSaving().ifPresent(failure -> {
            journal.say("%s; the present state is saved in its place", failure.getMessage());
            insist(() -> beginToSave().run());
        });
    }

    /// Waits for the end of what is on its way, which is told once.
    ///
    /// @return  why it is not safe
    private Optional<Failure> awaitSaving() {
        var awaited = saving;
        saving = Saving.NOTHING;
        return awaited.await();
    }

    /// Does what writes files. If the folder was deleted and somebody has made it again, all that belongs to the run is
    /// written again, too.
    private void insist(Runnable write) {
        surroundings.retry().insist(() -> {
            folder.restore();
            journal.restore();
            checkpoints.restore();
            write.run();
        });
    }

    private Ending interrupt() {
        save();
        settle();
        step.optimizer().exchangeAverage();
        insist(() -> checkpoints.writeLast(progress.update(), Map.of()));
        step.optimizer().exchangeAverage();
        journal.say("stopped after update %,d; --resume goes on", progress.update());
        return Ending.INTERRUPTED;
    }

    /// Saves the state as a longer run would pass through it, then judges the last model: that belongs to the end, not to the state.
    /// No checkpoint is deleted for it, which a longer run might keep.
    ///
    /// @return  nothing if the last model is one to go back from
    private Optional<Ending> end(Ending why) {
        if (progress.validated() != progress.update()) {
            save();
            if (!judgeAndKeep()) return hasDiverged() ? Optional.empty() : Optional.of(interrupt());
        }
        settle();
        journal.say("%s: %,d updates, %s", why.words(), progress.update(), Elapsed.text(progress.seconds()));
        var record = new LinkedHashMap<String, Object>();
        record.put("event", "end");
        record.put("update", progress.update());
        record.put("reason", why.name());
        record.put("bestUpdate", progress.standing().update());
        journal.record(record);
        return Optional.of(why);
    }

    /// Back to the last validation, with half the rate: not to a state that the clock chose.
    private void rollBack() {
        awaitSaving().ifPresent(failure -> journal.say("%s; an earlier state is the last one", failure.getMessage()));
        int rollbacks = progress.recovery().rollbacks() + 1;
        if (rollbacks > ROLLBACKS) throw Failure.check("training diverges, also at 1/" + (1 << ROLLBACKS)
                + " of its learning rate: lower the learning rate, or clip the gradient (training.clipNorm)");
        var state = SavedState.ofValidation(folder, progress.validated());
        state.restore(model, step.optimizer());
        checkpoints.restoreBest(state);
        progress = state.progress().with(new Progress.Recovery(0, rollbacks));
        schedule = schedule.resumed(progress.plateau());
        journal.say("going back to update %,d, with 1/%d of the learning rate", progress.update(), 1 << rollbacks);
    }

    @Override
    public void close() {
        try (step; checkpoints) {
            awaitSaving(); // nobody needs what it was any more
        }
    }
}
