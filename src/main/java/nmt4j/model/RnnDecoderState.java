package nmt4j.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import nmt4j.nn.RecurrentLayer;
import nmt4j.tensor.SourceAttention;
import nmt4j.tensor.Tape;
import nmt4j.tensor.Tensor;
import nmt4j.tensor.TimeSteps;

/// The states of a recurrent decoder's layers. They stand on the Java heap: one that no translation needs any more is
/// garbage.
///
/// @param context   of the source
/// @param layers    of each layer, row after row [rows, parts · H]
/// @param fed       what the last step handed on [rows, F]
/// @param sentence  for each row, its source sentence
record RnnDecoderState(RnnDecoder decoder, DecoderContext.OfSource context, List<float[]> layers, float[] fed,
        int[] sentence)
        implements DecoderState {

    static RnnDecoderState start(RnnDecoder decoder, Encoded encoded) {
        int rows = encoded.sentences().size();
        var cells = decoder.context().layers().cells();
        var start = decoder.start(encoded.last());
        var layers = new ArrayList<float[]>();
        for (int l = 0; l < cells.size(); l++) {
            int size = rows * cells.get(l).parts() * cells.get(l).size();
            layers.add(start.get(l).map(RnnDecoderState::elements).orElseGet(() -> new float[size]));
        }
        var sentence = new int[rows];
        Arrays.setAll(sentence, i -> i);
        return new RnnDecoderState(decoder, decoder.context().of(encoded), layers,
                new float[rows * decoder.context().fedSize()], sentence);
    }

    @Override
    public int rows() {
        return sentence.length;
    }

    @Override
    public DecoderState select(int[] rows) {
        var selected = new ArrayList<float[]>();
        for (var layer : layers) selected.add(select(layer, rows));
        var sentences = new int[rows.length];
        for (int i = 0; i < rows.length; i++) sentences[i] = sentence[rows[i]];
        return new RnnDecoderState(decoder, context, selected, select(fed, rows), sentences);
    }

    private float[] select(float[] x, int[] rows) {
        if (rows() == 0) return x;
        int size = x.length / rows();
        var y = new float[rows.length * size];
        for (int i = 0; i < rows.length; i++) System.arraycopy(x, rows[i] * size, y, i * size, size);
        return y;
    }

    @Override
    public Step step(Tape tape, int[] tokens, AttentionListener attention) {
        SourceAttention.Listener listener = attention == AttentionListener.NONE ? SourceAttention.Listener.NONE
                : (row, weights) -> attention.attended(0, 0, row, weights);
        var start = new ArrayList<Optional<Tensor>>();
        for (var layer : layers) start.add(tensor(tape, layer));
        var result = context.run(
                new DecoderContext.Steps(decoder.embedding().apply(tape, tokens), TimeSteps.single(rows()), sentence,
                        start, tensor(tape, fed), listener));
        var next = new ArrayList<float[]>();
        for (var state : result.states()) next.add(elements(RecurrentLayer.last(state)));
        var handed = result.fed().map(sequence -> elements(sequence.all())).orElse(fed);
        return new Step(result.readout(), new RnnDecoderState(decoder, context, next, handed, sentence));
    }

    /// Rows of numbers on a tape; empty if there are none.
    private Optional<Tensor> tensor(Tape tape, float[] elements) {
        if (elements.length == 0) return Optional.empty();
        var tensor = tape.tensor(rows(), elements.length / rows());
        tensor.value().copyFrom(elements);
        return Optional.of(tensor);
    }

    private static float[] elements(Tensor x) {
        return x.value().toArray();
    }
}
