package nmt4j.diagnostics.sanity;

import java.util.Arrays;
import nmt4j.data.Batch;
import nmt4j.data.PackedSentences;
import nmt4j.kernel.Parallel;
import nmt4j.tensor.Tape;
import nmt4j.text.Vocabulary;

/// What the decoder says at a position depends on the words before it and not on those after it.
final class FutureCheck implements Check {
    @Override
    public String law() {
        return "the future does not leak";
    }

    @Override
    public Finding run(Subject subject, Parallel parallel) {
        try (var model = subject.made(); var tape = Tape.inference(parallel)) {
            var batch = subject.batch();
            var before = Subject.states(model, tape, batch);
            double worst = 0;
            var where = "";
            for (int t = 1; t < batch.targetTokens(); t++) {
                if (batch.targetInput().tokens()[t] == Vocabulary.START) continue;
                var changed = changed(batch, t, subject.targetSize() - 1);
                var after = Subject.states(model, tape, changed);
                int row = before.length / batch.targetTokens();
                double leak = difference(before, after, 0, t * row);
                if (leak > worst || Double.isNaN(leak)) {
                    worst = leak;
                    where = "target token " + t + " changes what was before";
                }
                if (difference(before, after, t * row, (t + 1) * row) == 0)
                    return finding(false, "no change", "0", "target token " + t + " is not read");
            }
            return finding(worst == 0, Check.format("%.1e", worst), "0", where);
        }
    }

    private static double difference(float[] a, float[] b, int from, int to) {
        return Check.difference(Arrays.copyOfRange(a, from, to), Arrays.copyOfRange(b, from, to));
    }

    private static Batch changed(Batch batch, int position, int token) {
        var tokens = batch.targetInput().tokens().clone();
        tokens[position] = token;
        return new Batch(batch.source(), new PackedSentences(tokens, batch.targetInput().offsets()),
                batch.targetOutput(), batch.pairs(), batch.next(), batch.endsEpoch());
    }
}
