package nmt4j.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import nmt4j.tensor.Rows;
import nmt4j.tensor.Rows.Chosen;
import nmt4j.tensor.Sequence;
import nmt4j.tensor.StepLoop;
import nmt4j.tensor.Tensor;
import nmt4j.tensor.TimeSteps;

/// A cell, or two of opposite directions, over whole sentences.
public sealed interface RecurrentLayer {
    /// @param x      laid out as `steps` [T, I]
    /// @return       all states, and the last ones
    Output apply(Tensor x, TimeSteps steps);

    /// @param all   outputs [T, H]
    /// @param last  the state after each sentence's last step, in the order of the batch [B, parts · H]
    record Output(Tensor all, Tensor last) {}

    /// A cell's pre-activations from its input, all steps at once.
    static Tensor preActivations(RecurrentCell cell, Tensor x, TimeSteps steps) {
        return cell.input().apply(StepLoop.dropped(x, steps, cell.dropout())); // [T, gates · H]
    }

    /// Runs a cell.
    ///
    /// @param start  the state before the first step [places, parts · H]; 0 if empty
    /// @return       its state after each step
    static List<Sequence> run(RecurrentCell cell, Tensor preActivations, TimeSteps steps, Optional<Tensor> start) {
        var loop = new StepLoop(preActivations.tape(), steps);
        var state = cell.state(loop, start);
        cell.steps(loop, preActivations, state);
        loop.run();
        return state;
    }

    /// The state after each sentence's last step, in the order of the batch [B, parts · H].
    static Tensor last(List<Sequence> state) {
        var rows = state.getFirst().steps().lastRows();
        var parts = new ArrayList<Chosen>();
        for (var part : state) parts.add(new Chosen(part.all(), rows));
        return Rows.join(parts.toArray(Chosen[]::new));
    }

    /// The state after the last of some steps, for steps of which it is the start, and which no gradient leaves.
    ///
    /// @param places  that go on
    /// @return        [places, parts · H]
    static Tensor carried(List<Sequence> state, int places) {
        var steps = state.getFirst().steps();
        int last = steps.begin(steps.size() - 1);
        var rows = IntStream.range(last, last + places).toArray();
        return Rows.detached(state.stream().map(part -> new Chosen(part.all(), rows)).toArray(Chosen[]::new));
    }

    /// From the first step to the last.
    record OneWay(RecurrentCell cell) implements RecurrentLayer {
        @Override
        public Output apply(Tensor x, TimeSteps steps) {
            var state = run(x, steps, Optional.empty());
            return new Output(state.getFirst().all(), last(state));
        }

        /// @param start  the state before the first step [places, parts · H]; 0 if empty
        /// @return       the state after each step
        public List<Sequence> run(Tensor x, TimeSteps steps, Optional<Tensor> start) {
            return RecurrentLayer.run(cell, preActivations(cell, x, steps), steps, start);
        }
    }

    /// In both directions, outputs side by side (Schuster & Paliwal 1997): each cell has half of H. The other direction begins
    /// with each sentence's own last step.
    record BothWays(RecurrentCell forward, RecurrentCell backward) implements RecurrentLayer {
        @Override
        public Output apply(Tensor x, TimeSteps steps) {
            var mirrored = steps.mirrored();
            var there = run(forward, preActivations(forward, x, steps), steps, Optional.empty());
            var back =
                    run(backward, preActivations(backward, Rows.choose(x, mirrored), steps), steps, Optional.empty());
            return new Output(outputs(there, back, mirrored), last(interleaved(there, back)));
        }

        private static Tensor outputs(List<Sequence> there, List<Sequence> back, int[] mirrored) {
            var same = new int[mirrored.length];
            Arrays.setAll(same, i -> i);
            return Rows.join(new Chosen(there.getFirst().all(), same), new Chosen(back.getFirst().all(), mirrored)); // [T, H]
        }

        /// Both directions of the first part, then of the second.
        private static List<Sequence> interleaved(List<Sequence> there, List<Sequence> back) {
            var all = new ArrayList<Sequence>();
            for (int i = 0; i < there.size(); i++) {
                all.add(there.get(i));
                all.add(back.get(i));
            }
            return all;
        }
    }
}
