package nmt4j.tensor;

import java.util.Optional;
import nmt4j.kernel.Matrix;

/// A vector for each time step of each sentence, and for the time before the first step.
///
/// @param all    [T, H], laid out as `steps`
/// @param start  what a step before the first finds; 0 if empty
public record Sequence(TimeSteps steps, Tensor all, Optional<Start> start) {
    /// Columns of a tensor, from `column` on, with a row for each place.
    ///
    /// @param tensor  [places, _]
    public record Start(Tensor tensor, int column) {}

    public int columns() {
        return all.columns();
    }

    /// Whether there is anything `lag` steps before t.
    boolean reaches(int t, int lag) {
        return t >= lag || start.isPresent();
    }

    /// The rows that step t − lag has for the sentences of step t.
    ///
    /// @return  [active(t), H]
    Matrix value(int t, int lag) {
        return t >= lag ? rows(all.value(), t, lag) : part(start.orElseThrow().tensor.value(), t);
    }

    /// Where they receive their gradient, once `prepareGradient` has taken memory for it; 0 so far, or what others have left.
    Matrix gradient(int t, int lag) {
        return t >= lag ? rows(all.gradient(), t, lag) : part(start.orElseThrow().tensor.gradient(), t);
    }

    /// Takes the memory of all that `gradient` gives.
    void prepareGradient() {
        all.gradientOrZero();
        start.ifPresent(of -> of.tensor.gradientOrZero());
    }

    private Matrix rows(Matrix x, int t, int lag) {
        int begin = steps.begin(t - lag);
        return x.rows(begin, begin + steps.active(t));
    }

    private Matrix part(Matrix x, int t) {
        int column = start.orElseThrow().column;
        return x.rows(0, steps.active(t)).columns(column, column + columns());
    }
}
