package nmt4j.diagnostics.sanity;

import java.util.Arrays;
import java.util.List;
import nmt4j.data.Batch;
import nmt4j.data.PackedSentences;
import nmt4j.kernel.Parallel;
import nmt4j.tensor.Tape;

/// A sentence means the same alone and beside longer and shorter ones.
final class NeighbourCheck implements Check {
    private static final double LIMIT = 1e-5;

    @Override
    public String law() {
        return "neighbours in the batch do not matter";
    }

    @Override
    public Finding run(Subject subject, Parallel parallel) {
        try (var model = subject.made(); var tape = Tape.inference(parallel)) {
            var batch = subject.batch();
            var together = Subject.states(model, tape, batch);
            int size = together.length / batch.targetTokens();
            double worst = 0;
            int at = 0;
            for (int b = 0; b < batch.size(); b++) {
                var alone = Subject.states(model, tape, alone(batch, b));
                int from = batch.targetInput().offsets()[b] * size;
                double d = Check.difference(alone, Arrays.copyOfRange(together, from, from + alone.length));
                if (!(d <= worst)) {
                    worst = d;
                    at = b;
                }
            }
            return finding(worst <= LIMIT, Check.format("%.1e", worst), Check.format("≤ %.0e", LIMIT),
                    worst > 0 ? "sentence " + (at + 1) : "");
        }
    }

    private static Batch alone(Batch batch, int b) {
        return new Batch(only(batch.source(), b), only(batch.targetInput(), b), only(batch.targetOutput(), b),
                List.of(b), batch.next(), true);
    }

    private static PackedSentences only(PackedSentences sentences, int b) {
        return PackedSentences.of(List.of(sentences.sentence(b)));
    }
}
