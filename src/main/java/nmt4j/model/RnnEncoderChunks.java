package nmt4j.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import nmt4j.nn.RecurrentLayer;
import nmt4j.tensor.Chunks;
import nmt4j.tensor.Rows;
import nmt4j.tensor.Sentences;
import nmt4j.tensor.Sequence;
import nmt4j.tensor.Tape;
import nmt4j.tensor.Tensor;
import nmt4j.tensor.TimeSteps;

/// Truncated backpropagation through time in an encoder of which nothing but the last states is looked at: a gradient goes back
/// through the chunk in which a sentence ends, so that only chunks with ends are kept.
///
/// @param steps   of whole sentences
/// @param tokens  so laid out
record RnnEncoderChunks(RnnEncoder encoder, TimeSteps steps, int[] tokens) {
    /// Not where a direction begins at the end.
    static boolean arePossible(List<RecurrentLayer> layers) {
        return layers.stream().allMatch(RecurrentLayer.OneWay.class::isInstance);
    }

    /// @return last states alone; no other state has a row
    Encoded encode(Tape tape, Sentences sentences) {
        var ends = new ArrayList<List<Tensor>>(); // of each chunk that has any, of each layer
        var start = Collections.nCopies(encoder.layers().size(), Optional.<Tensor>empty());
        try (var chunks = new Chunks(tape)) {
            for (int from = 0; from < steps.size(); from += tape.truncation()) {
                int to = Math.min(steps.size(), from + tape.truncation());
                chunks.next();
                var states = run(tape, from, to, start);
                int goOn = steps.active(to);
                if (goOn == steps.active(from)) start = chunks.backward(() -> carried(states, goOn));
                else {
                    ends.add(states.stream().map(state -> ends(state, goOn)).toList());
                    start = carried(states, goOn);
                    chunks.keep();
                }
            }
        }
        return new Encoded(tape.tensor(0, layer(0).cell().size()), sentences, last(ends));
    }

    private RecurrentLayer.OneWay layer(int l) {
        return (RecurrentLayer.OneWay) encoder.layers().get(l);
    }

    private List<List<Sequence>> run(Tape tape, int from, int to, List<Optional<Tensor>> start) {
        var chunk = steps.between(from, to);
        var states = new ArrayList<List<Sequence>>();
        encoder.stack(tape, steps.slice(from, to, tokens), (l, x) -> {
            var state = layer(l).run(x, chunk, start.get(l));
            states.add(state);
            return state.getFirst().all(); // [n, H]
        });
        return states;
    }

    private static List<Optional<Tensor>> carried(List<List<Sequence>> states, int places) {
        return states.stream().map(state -> Optional.of(RecurrentLayer.carried(state, places))).toList();
    }

    /// Of the places that do not go on.
    private static Tensor ends(List<Sequence> state, int goOn) {
        var last = RecurrentLayer.last(state);
        return Rows.choose(last, IntStream.range(goOn, last.rows()).toArray()); // [ended, parts · H]
    }

    /// Of each layer, in the order of the batch [B, parts · H]. What ends last has the first place.
    private List<Tensor> last(List<List<Tensor>> ends) {
        var order = steps.order();
        var place = new int[order.length];
        for (int k = 0; k < order.length; k++) place[order[k]] = k;
        return IntStream.range(0, encoder.layers().size())
                .mapToObj(l -> Rows.concatenate(ends.reversed().stream().map(ofChunk -> ofChunk.get(l)).toList()))
                .map(byPlace -> Rows.choose(byPlace, place)).toList();
    }
}
