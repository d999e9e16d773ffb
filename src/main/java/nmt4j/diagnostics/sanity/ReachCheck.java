package nmt4j.diagnostics.sanity;

import java.util.ArrayList;
import java.util.List;
import nmt4j.kernel.Parallel;
import nmt4j.kernel.Randomness;
import nmt4j.model.TranslationModel;
import nmt4j.tensor.Parameter;
import nmt4j.tensor.Tape;

/// A gradient comes to all that the loss depends on, row by row of each parameter, and to nothing else: rows without a
/// gradient are moved and change no bit of the loss; rows with one are moved and change it. A parameter that gets no
/// gradient at all takes no part in the model.
final class ReachCheck implements Check {
    /// Rows with a gradient that are tried, of each parameter.
    private static final int TRIED = 3;
    private static final double MOVED = 0.5;
    private static final int MOST_MOVES = 64;

    @Override
    public String law() {
        return "a gradient comes to all that is used, and to nothing else";
    }

    @Override
    public Finding run(Subject subject, Parallel parallel) {
        try (var model = subject.made(); var tape = Tape.training(parallel)) {
            DeterminismCheck.gradient(model, subject, parallel);
            double loss = loss(model, tape, subject);
            var wrong = new ArrayList<String>();
            for (var p : model.parameters().all()) {
                var start = p.value().toArray();
                wrong.addAll(wrongs(p, () -> loss(model, tape, subject) != loss));
                p.value().copyFrom(start);
            }
            return finding(wrong.isEmpty(), wrong.size() + " wrong", "0",
                    wrong.isEmpty() ? model.parameters().all().size() + " parameters" : String.join("; ", wrong));
        }
    }

    /// Whether the loss is another than it was.
    @FunctionalInterface
    private interface Changed {
        boolean isTrue();
    }

    private static List<String> wrongs(Parameter p, Changed changed) {
        var without = new ArrayList<Integer>();
        var with = new ArrayList<Integer>();
        for (int row = 0; row < p.rows(); row++) (isZero(p, row) ? without : with).add(row);
        if (with.isEmpty()) {
            move(p, without);
            return List.of(p.name() + (changed.isTrue() ? ": is used and gets no gradient" : ": is not used"));
        }
        var wrong = new ArrayList<String>();
        for (int i = 0; i < Math.min(TRIED, with.size()); i++) {
            int row = with.get(i * with.size() / Math.min(TRIED, with.size()));
            if (!isUsed(p, row, changed)) wrong.add(p.name() + ": row " + row + " is not used and gets a gradient");
        }
        move(p, without);
        if (changed.isTrue()) wrong.add(p.name() + ": rows without a gradient are used");
        return wrong;
    }

    /// Moves a row further and further: a little may change the loss by less than its floats can tell.
    private static boolean isUsed(Parameter p, int row, Changed changed) {
        var values = p.value().rows(row, row + 1);
        var start = values.toArray();
        boolean used = false;
        for (int moves = 1; moves <= MOST_MOVES && !used; moves *= 4) {
            for (int i = 0; i < moves; i++) move(p, row);
            used = changed.isTrue();
        }
        values.copyFrom(start);
        return used;
    }

    private static boolean isZero(Parameter p, int row) {
        for (int j = 0; j < p.columns(); j++) if (p.gradient().get(row, j) != 0) return false;
        return true;
    }

    private static void move(Parameter p, List<Integer> rows) {
        for (int row : rows) move(p, row);
    }

    private static void move(Parameter p, int row) {
        for (int j = 0; j < p.columns(); j++)
            p.value().set(row, j, p.value().get(row, j) + (float) (MOVED * Randomness.normal(row, j)));
    }

    private static double loss(TranslationModel model, Tape tape, Subject subject) {
        tape.begin(1);
        return model.evaluate(tape, subject.batch(), subject.smoothing()).loss();
    }
}
