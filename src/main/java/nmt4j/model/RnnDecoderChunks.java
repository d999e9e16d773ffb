package nmt4j.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import nmt4j.model.Decoder.Outputs;
import nmt4j.nn.RecurrentLayer;
import nmt4j.tensor.Chunks;
import nmt4j.tensor.Operations;
import nmt4j.tensor.SourceAttention;
import nmt4j.tensor.Tape;
import nmt4j.tensor.Tensor;
import nmt4j.tensor.TimeSteps;

/// Truncated backpropagation through time in a decoder: its activations take memory for as many steps as a gradient goes back,
/// however long the sentences are.
///
/// @param layout  of whole sentences
/// @param tokens  target input, so laid out
record RnnDecoderChunks(RnnDecoder decoder, TimeSteps layout, int[] tokens) {
    /// What a chunk begins with.
    ///
    /// @param layers  of each layer [places, parts · H]; 0 if empty
    /// @param fed     what the step before handed on [places, F]; 0 if empty
    private record Start(List<Optional<Tensor>> layers, Optional<Tensor> fed) {}

    void decode(Tape tape, Encoded encoded, Consumer<Outputs> criterion) {
        var source = decoder.context().of(encoded);
        var start = new Start(decoder.start(encoded.last(), layout), Optional.empty());
        try (var chunks = new Chunks(tape)) {
            for (int from = 0; from < layout.size(); from += tape.truncation()) {
                int to = Math.min(layout.size(), from + tape.truncation());
                chunks.next();
                var result = source.run(steps(tape, from, to, start));
                criterion.accept(new Outputs(Operations.dropout(result.readout(), decoder.dropout()), // [n, F]
                        layout.slice(from, to, layout.packedOfRow())));
                start = chunks.backward(() -> carried(result, layout.active(to)));
            }
        }
    }

    private DecoderContext.Steps steps(Tape tape, int from, int to, Start start) {
        var steps = layout.between(from, to);
        var embedded = decoder.embedding().apply(tape, layout.slice(from, to, tokens)); // [n, E]
        return new DecoderContext.Steps(embedded, steps, Arrays.copyOf(layout.order(), steps.places()), start.layers,
                start.fed, SourceAttention.Listener.NONE);
    }

    private static Start carried(DecoderContext.Result result, int places) {
        var layers = result.states().stream().map(state -> Optional.of(RecurrentLayer.carried(state, places))).toList();
        return new Start(layers, result.fed().map(fed -> RecurrentLayer.carried(List.of(fed), places)));
    }
}
