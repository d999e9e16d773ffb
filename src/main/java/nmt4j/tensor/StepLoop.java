package nmt4j.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import nmt4j.kernel.Gates;
import nmt4j.kernel.Matrix;

/// What must run step after step over packed sentences: recurrent cells, and attention whose result they read. It is one
/// operation on the tape. Everything that a step makes stands in a row of a matrix of all steps, so that the gradients of
/// weights are one product each, as if there were no recurrence. Each core takes some sentences through all steps.
///
/// The gradient through anything that a step reads from the step before is cut as the tape says (`Tape.truncating`).
public final class StepLoop {
    private static final String BACKWARD = ", backward";
    /// Places that a core takes in training: enough rows for a product to be worth its call.
    private static final int IN_TRAINING = 32;
    /// In inference threads search side by side: as many rows as a product computes at once, for which it reads the weights once.
    private static final int IN_INFERENCE = 240;

    private final Tape tape;
    private final TimeSteps steps;
    private final List<StepOperation> operations = new ArrayList<>();
    private final List<Sequence> made = new ArrayList<>();
    private final List<Sequence> watched = new ArrayList<>();

    public StepLoop(Tape tape, TimeSteps steps) {
        this.tape = tape;
        this.steps = steps;
    }

    Tape tape() {
        return tape;
    }

    public TimeSteps steps() {
        return steps;
    }

    /// Room for what the loop is going to make, [T, columns].
    public Sequence sequence(int columns, Optional<Sequence.Start> start) {
        var sequence = new Sequence(steps, tape.tensor(steps.rows(), columns), start);
        made.add(sequence);
        return sequence;
    }

    public Sequence sequence(int columns) {
        return sequence(columns, Optional.empty());
    }

    /// Room for a recurrent state: what a `StateGradientListener` is shown.
    public Sequence state(int columns, Optional<Sequence.Start> start) {
        var sequence = sequence(columns, start);
        watched.add(sequence);
        return sequence;
    }

    /// The same, with 0 in it, to be added to.
    public Sequence zeros(int columns) {
        var sequence = sequence(columns);
        sequence.all().value().fill(0);
        return sequence;
    }

    /// What was made before the loop, all steps at once.
    public Sequence given(Tensor all) {
        return new Sequence(steps, all, Optional.empty());
    }

    /// target += x W at each step. Of products that follow each other in the loop none may read what another of them makes.
    public void product(StepProduct product) {
        if (!operations.isEmpty() && operations.getLast() instanceof StepProducts products) products.add(product);
        else operations.add(new StepProducts(this, product));
    }

    /// The element-wise part of a cell: output from pre-activations.
    public void gates(Gates gates, Tensor preActivations, Sequence kept, Sequence output) {
        operations.add(new StepGates(this, gates, preActivations, kept, output));
    }

    /// The same for a cell that keeps nothing besides its output.
    public void gates(Gates gates, Tensor preActivations, Sequence output) {
        gates(gates, preActivations, output, output);
    }

    /// dropout(x) of the step `lag` steps before, with one mask for all steps of a sentence (Gal & Ghahramani 2016); x itself
    /// where nothing is dropped.
    public Read dropped(Sequence x, int lag, float probability) {
        var dropout = tape.dropoutOfSentences(probability);
        if (dropout.isNone()) return new Read(x, lag);
        var y = sequence(x.columns());
        operations.add(new StepDropout(this, new Read(x, lag), y, dropout));
        return new Read(y, 0);
    }

    /// z = x + dropout(y) in each step.
    public Sequence addDropped(Sequence x, Sequence y, float probability) {
        var z = sequence(x.columns());
        operations.add(new StepSum(Optional.of(x), y, z, tape.dropout(probability)));
        return z;
    }

    /// dropout(x) in each step, each element by itself; x itself where nothing is dropped.
    public Sequence dropout(Sequence x, float probability) {
        var dropout = tape.dropout(probability);
        if (dropout.isNone()) return x;
        var y = sequence(x.columns());
        operations.add(new StepSum(Optional.empty(), x, y, dropout));
        return y;
    }

    /// What a step reads of a sequence: its own row, or that of the step before.
    ///
    /// @param lag  0 or 1
    public record Read(Sequence x, int lag) {}

    /// Attention of each step's query to the source.
    ///
    /// @return the contexts [T, H]
    public Sequence attention(Sequence query, SourceAttention attention) {
        var context = sequence(attention.values().columns());
        operations.add(new StepAttention(this, query, attention, context));
        return context;
    }

    /// Whether the gradient goes from step t to what it read `lag` steps before.
    boolean isOpen(Sequence x, int t, int lag) {
        return x.reaches(t, lag) && (lag == 0 || !tape.cutsBefore(t));
    }

    /// Dropout of what was made before the loop, with one mask for all steps of a sentence.
    ///
    /// @param x  [T, H], laid out as `steps`
    /// @return   [T, H]
    public static Tensor dropped(Tensor x, TimeSteps steps, float probability) {
        var loop = new StepLoop(x.tape(), steps);
        var y = loop.dropped(loop.given(x), 0, probability);
        if (!loop.operations.isEmpty()) loop.run();
        return y.x().all();
    }

    /// Gates that read no other step, of all rows at once.
    ///
    /// @param preActivations  [T, count · F], overwritten
    /// @return                [T, F]
    public static Tensor gates(Gates gates, Tensor preActivations) {
        var loop = new StepLoop(preActivations.tape(), TimeSteps.single(preActivations.rows()));
        var y = loop.sequence(preActivations.columns() / gates.count());
        loop.gates(gates, preActivations, y);
        loop.run();
        return y.all();
    }

    /// Attention of all steps at once, for queries that do not wait for it.
    ///
    /// @param query  [T, A]
    /// @return       the contexts [T, H]
    public static Tensor attend(Tensor query, TimeSteps steps, SourceAttention attention) {
        var loop = new StepLoop(query.tape(), steps);
        var context = query.tape().tensor(steps.rows(), attention.values().columns());
        var operation = new StepAttention(loop, loop.given(query), attention, loop.given(context));
        query.tape().parallel(operation.name()).tiles(steps.places(), operation::forward);
        query.tape().record(context, () -> {
            operation.prepareBackward();
            query.tape().parallel(operation.name() + BACKWARD).tiles(steps.places(), operation::backward);
            operation.finish();
        }, operation.scratch().toArray(Matrix[]::new));
        return context;
    }

    /// Runs all steps, and puts the way back on the tape.
    public void run() {
        overPlaces("recurrence", places -> {
            for (int t = 0; t < places.size(); t++) for (var operation : operations) forward(operation, places, t);
        });
        var outputs = new ArrayList<Tensor>();
        for (var sequence : made) outputs.add(sequence.all());
        var scratch = operations.stream().flatMap(operation -> operation.scratch().stream()).toArray(Matrix[]::new);
        tape.record(outputs, this::backward, scratch);
    }

    private void backward() {
        for (var operation : operations.reversed()) operation.prepareBackward();
        overPlaces("recurrence" + BACKWARD, places -> {
            for (int t = places.size() - 1; t >= 0; t--)
                for (var operation : operations.reversed()) backward(operation, places, t);
        });
        for (var operation : operations) operation.finish();
        for (var output : watched)
            tape.listener().completed(steps, output.all().value(), output.all().gradientOrZero());
    }

    private void overPlaces(String name, Consumer<Places> body) {
        int floats = 0;
        for (var operation : operations) floats = Math.max(floats, operation.floats());
        var parts = Places.of(steps, tape.isTraining() ? IN_TRAINING : IN_INFERENCE, floats, tape.arena());
        tape.parallel(name).tiles(parts.size(), i -> body.accept(parts.get(i)));
        for (var part : parts) tape.arena().release(part.memory());
    }

    private void forward(StepOperation operation, Places places, int t) {
        tape.part(operation.name(), () -> operation.forward(places, t));
    }

    private void backward(StepOperation operation, Places places, int t) {
        tape.part(operation.name() + BACKWARD, () -> operation.backward(places, t));
    }
}
