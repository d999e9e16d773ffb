package nmt4j.tensor;

import java.util.List;
import nmt4j.kernel.AlignmentKernel;
import nmt4j.kernel.Matrix;

/// Attention to the source, one query a row. A sentence's queries stay on one thread.
///
/// Only the weights are kept. The gradients of dot-product keys and of values are made at the end, for all steps at once.
final class StepAttention implements StepOperation {
    private final StepLoop loop;
    private final TimeSteps steps;
    private final Sequence query;
    private final SourceAttention attention;
    private final Sequence context;
    private final Matrix weights; // [T, longest]
    private Matrix dScores;       // [T, longest]
    private Matrix dV;            // [places, A]

    StepAttention(StepLoop loop, Sequence query, SourceAttention attention, Sequence context) {
        this.loop = loop;
        this.steps = loop.steps();
        this.query = query;
        this.attention = attention;
        this.context = context;
        weights = loop.tape().arena().matrix(steps.rows(), attention.source().maxLength());
    }

    @Override
    public String name() {
        return "attention to source";
    }

    @Override
    public List<Matrix> scratch() {
        return List.of(weights);
    }

    @Override
    public void forward(Places places, int t) {
        for (int place = places.from(); place < places.end(t); place++) attend(t, place);
    }

    /// All steps of a place.
    void forward(int place) {
        for (int t = 0; t < steps.length(place); t++) attend(t, place);
    }

    private void attend(int t, int place) {
        int row = steps.begin(t) + place;
        var keys = source(attention.keys().value(), place);
        long scores = weights.row(row);
        score(query.all().value().row(row), keys, scores);
        AlignmentKernel.softmax(scores, keys.rows());
        AlignmentKernel.combine(scores, source(attention.values().value(), place), context.all().value().row(row));
        if (attention.listener() != SourceAttention.Listener.NONE)
            attention.listener().attended(row, weights.rows(row, row + 1).columns(0, keys.rows()).toArray());
    }

    private void score(long query, Matrix keys, long scores) {
        if (attention.v().isPresent())
            AlignmentKernel.additive(query, attention.v().get().value().address(), keys, scores);
        else AlignmentKernel.dot(query, keys, scores);
    }

    @Override
    public void prepareBackward() {
        var arena = loop.tape().arena();
        context.all().gradientOrZero();
        query.all().gradientOrZero();
        if (attention.v().isPresent()) attention.keys().gradientOrZero();
        dScores = arena.matrix(weights.rows(), weights.columns());
        dV = arena.matrix(steps.places(), attention.v().map(Parameter::columns).orElse(0));
        loop.tape().clear(dV);
    }

    @Override
    public void backward(Places places, int t) {
        for (int place = places.from(); place < places.end(t); place++) attendBackward(t, place);
    }

    /// All steps of a place.
    void backward(int place) {
        for (int t = steps.length(place) - 1; t >= 0; t--) attendBackward(t, place);
    }

    private void attendBackward(int t, int place) {
        int row = steps.begin(t) + place;
        AlignmentKernel.backward(context.all().gradient().row(row), source(attention.values().value(), place),
                weights.row(row), dScores.row(row));
        queryGradient(row, place);
    }

    private void queryGradient(int row, int place) {
        var dQuery = query.all().gradient();
        var keys = source(attention.keys().value(), place);
        if (attention.v().isEmpty()) {
            AlignmentKernel.dotBackward(dScores.row(row), keys, dQuery.row(row));
            return;
        }
        long v = attention.v().get().value().address();
        AlignmentKernel.additiveBackward(dScores.row(row), keys,
                new AlignmentKernel.Additive(query.all().value().row(row), v,
                        dQuery.row(row), dV.row(place), source(attention.keys().gradient(), place)));
    }

    @Override
    public void finish() {
        var arena = loop.tape().arena();
        var dContext = context.all().gradientOrZero();
        var dValues = attention.values().gradientOrZero();
        boolean additive = attention.v().isPresent();
        var dKeys = attention.keys().gradientOrZero();
        var queries = query.all().value();
        loop.tape().parallel("values, backward").tiles(steps.places(), place -> {
            var rows = rows(place);
            AlignmentKernel.spread(weights, dContext, rows, source(dValues, place));
            if (!additive) AlignmentKernel.spread(dScores, queries, rows, source(dKeys, place));
        });
        attention.v().ifPresent(v -> Tiles.addUp(dV, v.receive()));
        arena.release(dV);
        arena.release(dScores);
    }

    /// The rows of a place's steps.
    private int[] rows(int place) {
        var rows = new int[steps.length(place)];
        for (int t = 0; t < rows.length; t++) rows[t] = steps.begin(t) + place;
        return rows;
    }

    /// The rows of a place's source sentence.
    private Matrix source(Matrix x, int place) {
        int sentence = attention.sentences()[place];
        return x.rows(attention.source().begin(sentence), attention.source().end(sentence));
    }
}
