package nmt4j.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nmt4j.tensor.Operations;
import nmt4j.tensor.Rows;
import nmt4j.tensor.Sequence;
import nmt4j.tensor.StepLoop;
import nmt4j.tensor.StepProduct;
import nmt4j.tensor.Tensor;
import nmt4j.tensor.TimeSteps;

/// A decoder's cells one above the other: layer by layer over all steps, or, where something of a step's top enters the
/// next step, step by step.
///
/// @param dropout   of what goes from layer to layer
/// @param residual  whether a layer's input is added to its output, from the second layer on (Wu et al. 2016, section 3.1)
public record RecurrentStack(List<RecurrentCell> cells, float dropout, boolean residual) {
    /// @param output  of the top layer [T, H]
    /// @param states  of each layer
    public record Run(Tensor output, List<List<Sequence>> states) {}

    /// The first layer's pre-activations from its input.
    public Tensor preActivations(Tensor x, TimeSteps steps) {
        return RecurrentLayer.preActivations(cells.getFirst(), x, steps);
    }

    /// All layers, one after the other.
    ///
    /// @param preActivations  of the first
    /// @param start           of each layer [places, parts · H]; 0 if empty
    public Run run(Tensor preActivations, TimeSteps steps, List<Optional<Tensor>> start) {
        return runAbove(RecurrentLayer.run(cells.getFirst(), preActivations, steps, start.getFirst()), start);
    }

    /// All layers but the first.
    public Run runAbove(List<Sequence> first, List<Optional<Tensor>> start) {
        var states = new ArrayList<List<Sequence>>();
        states.add(first);
        var steps = first.getFirst().steps();
        var x = first.getFirst().all();
        for (int l = 1; l < cells.size(); l++) {
            x = Operations.dropout(x, dropout);
            var state = RecurrentLayer.run(cells.get(l), RecurrentLayer.preActivations(cells.get(l), x, steps), steps,
                    start.get(l));
            states.add(state);
            var h = state.getFirst().all();
            x = residual ? Operations.addDropped(x, h, 0) : h; // [T, H]
        }
        return new Run(x, states);
    }

    /// Adds all layers to a loop.
    ///
    /// @param preActivations  of the first
    /// @param states          receives those of each layer
    /// @return                the top layer's output
    public Sequence steps(StepLoop loop, Tensor preActivations, List<Optional<Tensor>> start,
            List<List<Sequence>> states) {
        for (int l = 0; l < cells.size(); l++) states.add(cells.get(l).state(loop, start.get(l)));
        cells.getFirst().steps(loop, preActivations, states.getFirst());
        var x = states.getFirst().getFirst();
        for (int l = 1; l < cells.size(); l++) {
            x = loop.dropout(x, dropout);
            var cell = cells.get(l);
            var sums = Rows.repeat(preActivations.tape(), cell.input().bias(), loop.steps().rows()); // [T, gates · H]
            loop.product(new StepProduct(loop.dropped(x, 0, cell.dropout()), cell.input().weight(), sums));
            cell.steps(loop, sums, states.get(l));
            var h = states.get(l).getFirst();
            x = residual ? loop.addDropped(x, h, 0) : h;
        }
        return x;
    }
}
