package nmt4j.model;

import java.util.List;
import java.util.Optional;
import nmt4j.data.PackedSentences;
import nmt4j.nn.LayerNorm;
import nmt4j.tensor.KeptFormat;
import nmt4j.tensor.Sentences;
import nmt4j.tensor.Tape;
import nmt4j.tensor.Tensor;

/// The Transformer's decoder (Vaswani et al. 2017).
///
/// @param finalNorm  of the last layer's output; present if the layers normalise before their parts
record TransformerDecoder(PositionalEmbedding embedding, List<TransformerDecoderLayer> layers,
        Optional<LayerNorm> finalNorm)
        implements Decoder {

    @Override
    public Tensor decode(Tape tape, Encoded encoded, PackedSentences targetInput) {
        var sentences = new Sentences(targetInput.offsets());
        var x = embedding.apply(tape, targetInput.tokens(), sentences.positions()); // [T, H]
        for (var layer : layers) x = tape.layer(y -> layer.apply(y, sentences, encoded), x); // [T, H]
        return normalized(x);
    }

    @Override
    public DecoderState start(Encoded encoded) {
        return TransformerDecoderState.start(this, encoded);
    }

    /// Of keys and values.
    KeptFormat keptFormat() {
        return KeptFormat.beside(layers.getFirst().selfAttention().projection().weight());
    }

    Tensor normalized(Tensor x) {
        return finalNorm.isPresent() ? finalNorm.get().apply(x) : x;
    }
}
