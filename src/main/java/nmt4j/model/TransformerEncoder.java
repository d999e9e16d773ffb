package nmt4j.model;

import java.util.List;
import java.util.Optional;
import nmt4j.data.PackedSentences;
import nmt4j.nn.LayerNorm;
import nmt4j.tensor.Sentences;
import nmt4j.tensor.Tape;

/// The Transformer's encoder (Vaswani et al. 2017).
///
/// @param finalNorm  of the last layer's output; present if the layers normalise before their parts
record TransformerEncoder(PositionalEmbedding embedding, List<TransformerEncoderLayer> layers,
        Optional<LayerNorm> finalNorm)
        implements Encoder {

    @Override
    public Encoded encode(Tape tape, PackedSentences source) {
        var sentences = new Sentences(source.offsets());
        var x = embedding.apply(tape, source.tokens(), sentences.positions()); // [S, H]
        for (var layer : layers) x = tape.layer(y -> layer.apply(y, sentences), x); // [S, H]
        return new Encoded(finalNorm.isPresent() ? finalNorm.get().apply(x) : x, sentences);
    }
}
