package nmt4j.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nmt4j.tensor.Rows;
import nmt4j.tensor.SourceAttention;
import nmt4j.tensor.Tape;
import nmt4j.tensor.Tensor;
import nmt4j.tensor.TimeSteps;

/// What a step sees of those before it: the last k − 1 inputs of each layer, 0 before the first. They stand on the Java
/// heap: one that no translation needs any more is garbage.
///
/// @param position  number of steps so far
/// @param inputs    of each layer, row after row [rows, (k − 1) · H]
/// @param sentence  for each row, its source sentence
record ConvolutionalDecoderState(ConvolutionalDecoder decoder, Encoded encoded, int position, List<float[]> inputs,
        int[] sentence)
        implements DecoderState {

    static ConvolutionalDecoderState start(ConvolutionalDecoder decoder, Encoded encoded) {
        int rows = encoded.sentences().size();
        var inputs = new ArrayList<float[]>();
        for (int l = 0; l < decoder.layers().size(); l++) inputs.add(new float[rows * decoder.kept()]);
        var sentence = new int[rows];
        Arrays.setAll(sentence, i -> i);
        return new ConvolutionalDecoderState(decoder, encoded, 0, inputs, sentence);
    }

    @Override
    public int rows() {
        return sentence.length;
    }

    @Override
    public DecoderState select(int[] rows) {
        int size = decoder.kept();
        var selected = new ArrayList<float[]>();
        for (var input : inputs) {
            var chosen = new float[rows.length * size];
            for (int i = 0; i < rows.length; i++) System.arraycopy(input, rows[i] * size, chosen, i * size, size);
            selected.add(chosen);
        }
        var sentences = new int[rows.length];
        for (int i = 0; i < rows.length; i++) sentences[i] = sentence[rows[i]];
        return new ConvolutionalDecoderState(decoder, encoded, position, selected, sentences);
    }

    @Override
    public Step step(Tape tape, int[] tokens, AttentionListener attention) {
        var positions = new int[rows()];
        Arrays.fill(positions, position);
        var steps = TimeSteps.single(rows());
        var next = new ArrayList<float[]>();
        var words = decoder.embedding().apply(tape, tokens, positions); // [rows, E]
        var x = decoder.input().apply(words);                           // [rows, H]
        for (int l = 0; l < inputs.size(); l++) {
            int layer = l;
            var source = ConvolutionalDecoder.source(encoded, sentence, listener(attention, l));
            x = decoder.layers().get(l).apply(x, input -> window(input, layer, next), words, steps, source);
        }
        return new Step(decoder.output().apply(x),
                new ConvolutionalDecoderState(decoder, encoded, position + 1, next, sentence));
    }

    /// A layer's earlier inputs and the present one side by side, of which all but the first are kept in turn.
    ///
    /// @param input  [rows, H]
    /// @return       [rows, k · H]
    private Tensor window(Tensor input, int layer, List<float[]> next) {
        var tape = input.tape();
        var window = input;
        if (decoder.width() > 1) {
            var earlier = tape.tensor(rows(), decoder.kept());
            earlier.value().copyFrom(inputs.get(layer));
            window = Rows.join(earlier, input);
        }
        next.add(window.value().columns(input.columns(), window.columns()).toArray());
        return window;
    }

    private static SourceAttention.Listener listener(AttentionListener attention, int layer) {
        if (attention == AttentionListener.NONE) return SourceAttention.Listener.NONE;
        return (row, weights) -> attention.attended(layer, 0, row, weights);
    }
}
