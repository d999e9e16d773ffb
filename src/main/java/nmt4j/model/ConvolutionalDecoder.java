package nmt4j.model;

import java.util.List;
import java.util.Optional;
import nmt4j.data.PackedSentences;
import nmt4j.nn.Affine;
import nmt4j.tensor.Operations;
import nmt4j.tensor.Rows;
import nmt4j.tensor.Sentences;
import nmt4j.tensor.SourceAttention;
import nmt4j.tensor.Tape;
import nmt4j.tensor.Tensor;
import nmt4j.tensor.TimeSteps;
import nmt4j.tensor.Window;

/// The decoder of Gehring et al. 2017, section 3: layers that see what has been written and, each for itself, the
/// source.
///
/// @param input    from word vectors to layers [E, H]
/// @param size     H
/// @param width    k
/// @param output   from layers to the output layer [H, E]
/// @param dropout  of the result
record ConvolutionalDecoder(PositionalEmbedding embedding, Affine input, List<ConvolutionalDecoderLayer> layers,
        int size, int width, Affine output, float dropout) implements Decoder {
    @Override
    public Tensor decode(Tape tape, Encoded encoded, PackedSentences targetInput) {
        var sentences = new Sentences(targetInput.offsets());
        var steps = TimeSteps.forward(sentences);
        var window = Window.causal(steps, width);
        var source = source(encoded, steps.order(), SourceAttention.Listener.NONE);
        var positions = steps.arrange(sentences.positions());
        var words = embedding.apply(tape, steps.arrange(targetInput.tokens()), positions);     // [T, E]
        var x = input.apply(words);                                                            // [T, H]
        for (var layer : layers) x = tape.layer(y -> layer.apply(y, window::apply, words, steps, source), x); // [T, H]
        return Operations.dropout(output.apply(Rows.choose(x, steps.rowOfPacked())), dropout); // [T, E]
    }

    /// @param sentences  for each place, its source sentence
    static SourceAttention source(Encoded encoded, int[] sentences, SourceAttention.Listener listener) {
        return new SourceAttention(encoded.keys(), encoded.states(), encoded.sentences(), sentences, Optional.empty(),
                listener);
    }

    @Override
    public ConvolutionalDecoder made(Tape keep) {
        return new ConvolutionalDecoder(embedding, input.made(keep),
                layers.stream().map(layer -> layer.made(keep)).toList(),
                size, width, output.made(keep), dropout);
    }

    @Override
    public DecoderState start(Encoded encoded) {
        return ConvolutionalDecoderState.start(this, encoded);
    }

    /// Elements of a layer's last k − 1 inputs.
    int kept() {
        return (width - 1) * size;
    }
}
