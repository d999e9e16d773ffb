package nmt4j.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import nmt4j.data.PackedSentences;
import nmt4j.nn.Bridge;
import nmt4j.tensor.Operations;
import nmt4j.tensor.Rows;
import nmt4j.tensor.Sentences;
import nmt4j.tensor.SourceAttention;
import nmt4j.tensor.Tape;
import nmt4j.tensor.Tensor;
import nmt4j.tensor.TimeSteps;

/// A recurrent decoder. One step is decoded by the same operations as whole sentences.
///
/// @param bridges  of each layer, from the encoder's layer beside it, or its highest where the decoder is deeper
/// @param dropout  of the readout
record RnnDecoder(RnnEmbedding embedding, DecoderContext context, List<Bridge> bridges, float dropout)
        implements Decoder {
    @Override
    public Tensor decode(Tape tape, Encoded encoded, PackedSentences targetInput) {
        var layout = TimeSteps.forward(new Sentences(targetInput.offsets()));
        var start = start(encoded.last(), layout);
        var embedded = embedding.apply(tape, layout.arrange(targetInput.tokens()));                          // [T, E]
        var result = context.of(encoded)
                .run(new DecoderContext.Steps(embedded, layout, layout.order(), start, Optional.empty(),
                        SourceAttention.Listener.NONE));
        return Operations.dropout(Rows.choose(result.readout(), layout.rowOfPacked()), dropout);             // [T, F]
    }

    /// As many steps at once as a gradient goes back.
    @Override
    public void decode(Tape tape, Encoded encoded, PackedSentences targetInput, Consumer<Outputs> criterion) {
        var layout = TimeSteps.forward(new Sentences(targetInput.offsets()));
        if (layout.size() <= tape.truncation()) Decoder.super.decode(tape, encoded, targetInput, criterion);
        else new RnnDecoderChunks(this, layout, layout.arrange(targetInput.tokens())).decode(tape, encoded, criterion);
    }

    @Override
    public DecoderState start(Encoded encoded) {
        return RnnDecoderState.start(this, encoded);
    }

    /// What each layer begins with, by places [places, parts · H]; 0 if empty.
    List<Optional<Tensor>> start(List<Tensor> last, TimeSteps layout) {
        return start(last).stream().map(of -> of.map(state -> Rows.choose(state, layout.order()))).toList();
    }

    /// What each layer begins with [B, parts · H]; 0 if empty.
    List<Optional<Tensor>> start(List<Tensor> last) {
        var start = new ArrayList<Optional<Tensor>>();
        for (int l = 0; l < bridges.size(); l++)
            start.add(bridges.get(l).start(last.get(Math.min(l, last.size() - 1))));
        return start;
    }
}
