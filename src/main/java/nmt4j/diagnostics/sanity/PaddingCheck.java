package nmt4j.diagnostics.sanity;

import java.util.Arrays;
import nmt4j.kernel.Parallel;
import nmt4j.model.TranslationModel;
import nmt4j.tensor.Tape;
import nmt4j.text.Vocabulary;

/// Nothing reads the padding word: whatever stands in its row of a table, the states are the same.
final class PaddingCheck implements Check {
    private static final float MOVED = 3;

    @Override
    public String law() {
        return "padding does not exist";
    }

    @Override
    public Finding run(Subject subject, Parallel parallel) {
        try (var model = subject.made(); var tape = Tape.inference(parallel)) {
            var before = Subject.states(model, tape, subject.batch());
            movePadding(model, subject);
            double difference = Check.difference(before, Subject.states(model, tape, subject.batch()));
            return finding(difference == 0, Check.format("%.1e", difference), "0",
                    difference == 0 ? "" : "the word vector of <pad> is read");
        }
    }

    private static void movePadding(TranslationModel model, Subject subject) {
        for (var p : model.parameters().all()) {
            if (p.rows() != subject.sourceSize() && p.rows() != subject.targetSize()) continue;
            var row = new float[p.columns()];
            Arrays.fill(row, MOVED);
            p.value().rows(Vocabulary.PADDING, Vocabulary.PADDING + 1).copyFrom(row);
        }
    }
}
