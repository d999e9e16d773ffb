package nmt4j.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import nmt4j.tensor.Rows;
import nmt4j.tensor.SourceAttention;
import nmt4j.tensor.Tape;
import nmt4j.tensor.Tensor;
import nmt4j.tensor.TimeSteps;

/// What a step sees of those before it: the last k − 1 inputs of each layer, 0 before the first.
///
/// @param positions  for each row, its number of steps so far
/// @param inputs     of each layer [rows, (k − 1) · H]
/// @param sentence   for each row, its source sentence
record ConvolutionalDecoderState(ConvolutionalDecoder decoder, Encoded encoded, int[] positions, List<KeptRows> inputs,
        int[] sentence)
        implements DecoderState {

    static ConvolutionalDecoderState start(ConvolutionalDecoder decoder, Encoded encoded) {
        int rows = encoded.sentences().size();
        var inputs = new ArrayList<KeptRows>();
        for (int l = 0; l < decoder.layers().size(); l++) inputs.add(KeptRows.zeros(rows, decoder.kept()));
        var sentence = new int[rows];
        Arrays.setAll(sentence, i -> i);
        return new ConvolutionalDecoderState(decoder, encoded, new int[rows], inputs, sentence);
    }

    @Override
    public int rows() {
        return sentence.length;
    }

    @Override
    public DecoderState select(int[] rows) {
        var selected = inputs.stream().map(input -> input.select(rows)).toList();
        var newPositions = Arrays.stream(rows).map(row -> positions[row]).toArray();
        var newSentence = Arrays.stream(rows).map(row -> sentence[row]).toArray();
        return new ConvolutionalDecoderState(decoder, encoded, newPositions, selected, newSentence);
    }

    @Override
    public DecoderState join(DecoderState other, Tape keep) {
        var below = (ConvolutionalDecoderState) other;
        var sources = new JoinedSources(new JoinedSources.Part(encoded.sentences(), sentence),
                new JoinedSources.Part(below.encoded.sentences(), below.sentence));
        var joined = new ArrayList<KeptRows>();
        for (int l = 0; l < inputs.size(); l++) joined.add(inputs.get(l).join(below.inputs.get(l)));
        var newPositions = IntStream.concat(Arrays.stream(positions), Arrays.stream(below.positions)).toArray();
        return new ConvolutionalDecoderState(decoder, sources.encoded(keep, encoded, below.encoded), newPositions,
                joined, sources.ofRow());
    }

    @Override
    public Step step(Tape tape, int[] tokens, AttentionListener attention) {
        var steps = TimeSteps.single(rows());
        var next = new ArrayList<KeptRows>();
        var words = decoder.embedding().apply(tape, tokens, positions); // [rows, E]
        var x = decoder.input().apply(words);                           // [rows, H]
        for (int l = 0; l < inputs.size(); l++) {
            int layer = l;
            var source = ConvolutionalDecoder.source(encoded, sentence, listener(attention, l));
            x = decoder.layers().get(l).apply(x, input -> window(input, layer, next), words, steps, source);
        }
        var later = Arrays.stream(positions).map(position -> position + 1).toArray();
        return new Step(decoder.output().apply(x),
                new ConvolutionalDecoderState(decoder, encoded, later, next, sentence));
    }

    /// A layer's earlier inputs and the present one side by side, of which all but the first are kept in turn.
    ///
    /// @param input  [rows, H]
    /// @return       [rows, k · H]
    private Tensor window(Tensor input, int layer, List<KeptRows> next) {
        var window = inputs.get(layer).on(input.tape()).map(earlier -> Rows.join(earlier, input)).orElse(input);
        next.add(KeptRows.of(window.value().columns(input.columns(), window.columns())));
        return window;
    }

    private static SourceAttention.Listener listener(AttentionListener attention, int layer) {
        if (attention == AttentionListener.NONE) return SourceAttention.Listener.NONE;
        return (row, weights) -> attention.attended(layer, 0, row, weights);
    }
}
