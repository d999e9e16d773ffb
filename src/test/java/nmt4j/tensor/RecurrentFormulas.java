package nmt4j.tensor;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import nmt4j.kernel.Activation;
import nmt4j.kernel.Gates;
import nmt4j.nn.ElmanCell;
import nmt4j.nn.GruCell;
import nmt4j.nn.JordanCell;
import nmt4j.nn.Linear;
import nmt4j.nn.LstmCell;
import nmt4j.nn.RecurrentCell;
import nmt4j.nn.RecurrentLayer;

/// Cells and attention of recurrent networks and their formulas, over sentences of several lengths.
final class RecurrentFormulas {
    private static final Sentences SENTENCES = Sentences.ofLengths(2, 5, 1, 3);
    private static final int INPUTS = 5;
    private static final int SIZE = 19;

    private RecurrentFormulas() {}

    static Stream<Row> all() {
        return Stream.of(new Row("Elman cell, tanh", RecurrentFormulas::elman),
                new Row("Elman cell, ReLU", RecurrentFormulas::rectified),
                new Row("Jordan cell", RecurrentFormulas::jordan), new Row("GRU cell", RecurrentFormulas::gru),
                new Row("LSTM cell", RecurrentFormulas::lstm),
                new Row("dot attention", RecurrentFormulas::dotAttention),
                new Row("additive attention", RecurrentFormulas::additiveAttention));
    }

    private static double lstm() {
        try (var check = inputs(2).parameter(INPUTS, 4 * SIZE).parameter(1, 4 * SIZE).parameter(SIZE, 4 * SIZE)) {
            return check.check((x, p) -> run(new LstmCell(linear(p), p.get(2), 0), x),
                    x -> RecurrentOracles.run(x[0], SENTENCES, x[1], SIZE, RecurrentOracles.lstm(x[2], x[3], x[4])));
        }
    }

    private static double gru() {
        try (var check = inputs(1).parameter(INPUTS, 3 * SIZE).parameter(1, 3 * SIZE).parameter(SIZE, 3 * SIZE)) {
            return check.check((x, p) -> run(new GruCell(linear(p), p.get(2), 0), x),
                    x -> RecurrentOracles.run(x[0], SENTENCES, x[1], SIZE, RecurrentOracles.gru(x[2], x[3], x[4])));
        }
    }

    private static double elman() {
        return elman(Gates.TANH, Math::tanh);
    }

    private static double rectified() {
        return elman(Gates.RELU, x -> Math.max(0, x));
    }

    private static double elman(Gates gates, UnaryOperator<Double> f) {
        try (var check = inputs(1).parameter(INPUTS, SIZE).parameter(1, SIZE).parameter(SIZE, SIZE)) {
            return check.check((x, p) -> run(new ElmanCell(linear(p), p.get(2), gates, 0), x),
                    x -> RecurrentOracles.run(x[0], SENTENCES, x[1], SIZE,
                            RecurrentOracles.elman(x[2], x[3], x[4], f)));
        }
    }

    private static double jordan() {
        try (var check =
                inputs(1).parameter(INPUTS, SIZE).parameter(1, SIZE).parameter(SIZE, SIZE).parameter(SIZE, SIZE)
                        .parameter(1, SIZE)) {
            return check.check((x, p) -> run(new JordanCell(linear(p), p.get(2), p.get(3), p.get(4), 0), x),
                    x -> RecurrentOracles.run(x[0], SENTENCES, x[1], SIZE,
                            RecurrentOracles.jordan(x[2], x[3], x[4], x[5], x[6])));
        }
    }

    private static GradientCheck inputs(int parts) {
        return new GradientCheck().tensor(SENTENCES.tokens(), INPUTS).tensor(SENTENCES.size(), parts * SIZE);
    }

    private static Linear linear(List<Parameter> p) {
        return new Linear(p.get(0), p.get(1), Activation.NONE);
    }

    /// Outputs of packed sentences, plus each sentence's last state.
    private static Tensor run(RecurrentCell cell, List<Tensor> x) {
        var steps = TimeSteps.forward(SENTENCES);
        var pre = RecurrentLayer.preActivations(cell, Rows.choose(x.get(0), steps.packedOfRow()), steps);
        var state = RecurrentLayer.run(cell, pre, steps, Optional.of(Rows.choose(x.get(1), steps.order())));
        var h = Rows.choose(state.getFirst().all(), steps.rowOfPacked());
        var all = cell.parts() == 2 ? Rows.join(h, h) : h;
        var sentenceOfRow = new int[SENTENCES.tokens()];
        for (int i = 0; i < SENTENCES.size(); i++)
            for (int t = SENTENCES.begin(i); t < SENTENCES.end(i); t++) sentenceOfRow[t] = i;
        return Rows.add(all, RecurrentLayer.last(state), sentenceOfRow);
    }

    private static double dotAttention() {
        var source = Sentences.ofLengths(7, 1, 3, 2);
        try (var check = new GradientCheck().tensor(SENTENCES.tokens(), 19).tensor(13, 19)) {
            return check.check((x, p) -> attend(x.get(0), x.get(1), x.get(1), source, Optional.empty()),
                    x -> RecurrentOracles.attend(x[0], SENTENCES, x[1], x[1], source, RecurrentOracles::dot));
        }
    }

    private static double additiveAttention() {
        var source = Sentences.ofLengths(7, 1, 3, 2);
        try (var check =
                new GradientCheck().tensor(SENTENCES.tokens(), 17).tensor(13, 17).tensor(13, 23).parameter(1, 17)) {
            return check.check((x, p) -> attend(x.get(0), x.get(1), x.get(2), source, Optional.of(p.getFirst())),
                    x -> RecurrentOracles.attend(x[0], SENTENCES, x[1], x[2], source, RecurrentOracles.additive(x[3])));
        }
    }

    private static Tensor attend(Tensor query, Tensor keys, Tensor values, Sentences source, Optional<Parameter> v) {
        var steps = TimeSteps.forward(SENTENCES);
        var attention = new SourceAttention(keys, values, source, steps.order(), v, SourceAttention.Listener.NONE);
        return Rows.choose(StepLoop.attend(Rows.choose(query, steps.packedOfRow()), steps, attention),
                steps.rowOfPacked());
    }
}
