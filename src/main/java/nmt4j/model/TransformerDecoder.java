package nmt4j.model;

import java.util.List;
import nmt4j.data.PackedSentences;
import nmt4j.nn.ResidualStack;
import nmt4j.tensor.KeptFormat;
import nmt4j.tensor.Sentences;
import nmt4j.tensor.Tape;
import nmt4j.tensor.Tensor;

/// The Transformer's decoder (Vaswani et al. 2017).
record TransformerDecoder(PositionalEmbedding embedding, ResidualStack residuals, List<TransformerDecoderLayer> layers)
        implements Decoder {

    @Override
    public Tensor decode(Tape tape, Encoded encoded, PackedSentences targetInput) {
        var sentences = new Sentences(targetInput.offsets());
        var stream = residuals.begin(embedding.apply(tape, targetInput.tokens(), sentences.positions())); // [T, H]
        for (var layer : layers) stream = tape.layer(x -> layer.apply(x, sentences, encoded), stream);
        return stream.normal();
    }

    @Override
    public DecoderState start(Encoded encoded) {
        return TransformerDecoderState.start(this, encoded);
    }

    /// Of keys and values.
    KeptFormat keptFormat() {
        return KeptFormat.beside(layers.getFirst().selfAttention().projection().weight());
    }
}
