package nmt4j.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nmt4j.tensor.Parameter;
import nmt4j.tensor.Sequence;
import nmt4j.tensor.StepLoop;
import nmt4j.tensor.Tensor;

/// A recurrent network's step. What comes from its input is computed for all steps at once before the loop; the rest it adds
/// to a `StepLoop`.
///
/// A new cell is a record here and, unless its gates are there, a file in `kernel`.
public interface RecurrentCell {
    /// U, from the state of the step before to the gates [H, gates · H].
    Parameter recurrent();

    /// H, of the output and of each part of the state.
    default int size() {
        return recurrent().rows();
    }

    /// Vectors in the state; the first is the output.
    default int parts() {
        return 1;
    }

    /// Pre-activations of all gates from the input, side by side.
    Linear input();

    /// Probability that a unit of the input or of the state is dropped, by one mask a sentence (Gal & Ghahramani 2016).
    float dropout();

    /// Adds the step to a loop.
    ///
    /// @param preActivations  W x + b of all steps [T, gates · H]; overwritten
    /// @param state           what to compute in each step, from what it was in the step before
    void steps(StepLoop loop, Tensor preActivations, List<Sequence> state);

    /// Room for the state of all steps.
    ///
    /// @param start  the state before the first step [places, parts · H]; 0 if empty
    default List<Sequence> state(StepLoop loop, Optional<Tensor> start) {
        var state = new ArrayList<Sequence>();
        for (int i = 0; i < parts(); i++) {
            int column = i * size();
            var of = start.map(tensor -> new Sequence.Start(tensor, column));
            state.add(i == 0 ? loop.state(size(), of) : loop.sequence(size(), of));
        }
        return state;
    }
}
