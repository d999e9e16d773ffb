package nmt4j.model;

import static nmt4j.tensor.Convolution.ROOT_HALF;

import java.util.List;
import nmt4j.data.PackedSentences;
import nmt4j.nn.Affine;
import nmt4j.nn.GatedConvolution;
import nmt4j.tensor.Convolution;
import nmt4j.tensor.Sentences;
import nmt4j.tensor.Tape;
import nmt4j.tensor.Window;

/// The encoder of Gehring et al. 2017, section 3: gated convolutions over the whole sentence, each with a residual
/// connection.
///
/// @param input          from word vectors to layers [E, H]
/// @param width          k, odd
/// @param output         from layers to what attention sees [H, E]
/// @param gradientScale  of what comes from the decoder's attentions: with n of them, 1 / 2n (section 3.5: scaled by
///                       their number; by twice that in the authors' code); the embeddings' own share is as it is
record ConvolutionalEncoder(PositionalEmbedding embedding, Affine input, List<GatedConvolution> layers, int width,
        Affine output, float gradientScale) implements Encoder {

    /// The keys are z, the states √½ (z + e), e being the embeddings (eq. 3).
    @Override
    public Encoded encode(Tape tape, PackedSentences source) {
        var sentences = new Sentences(source.offsets());
        var window = Window.centred(sentences, width);
        var e = embedding.apply(tape, source.tokens(), sentences.positions());                    // [S, E]
        var x = input.apply(e);                                                                   // [S, H]
        for (var layer : layers)
            x = tape.layer(y -> Convolution.scaledSum(layer.apply(y, window::apply), y, ROOT_HALF), x); // [S, H]
        var z = Convolution.scaleGradient(output.apply(x), gradientScale);                        // [S, E]
        return new Encoded(Convolution.scaledSum(z, e, ROOT_HALF), sentences, List.of(), z);
    }
}
