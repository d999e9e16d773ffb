package nmt4j.model;

import java.util.List;
import nmt4j.data.PackedSentences;
import nmt4j.nn.ResidualStack;
import nmt4j.tensor.Sentences;
import nmt4j.tensor.Tape;

/// The Transformer's encoder (Vaswani et al. 2017).
record TransformerEncoder(PositionalEmbedding embedding, ResidualStack residuals, List<TransformerEncoderLayer> layers)
        implements Encoder {

    @Override
    public Encoded encode(Tape tape, PackedSentences source) {
        var sentences = new Sentences(source.offsets());
        var stream = residuals.begin(embedding.apply(tape, source.tokens(), sentences.positions())); // [S, H]
        for (var layer : layers) stream = tape.layer(x -> layer.apply(x, sentences), stream);
        return new Encoded(stream.normal(), sentences);
    }
}
