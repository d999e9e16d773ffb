package nmt4j.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nmt4j.nn.RecurrentLayer;
import nmt4j.tensor.SourceAttention;
import nmt4j.tensor.Tape;
import nmt4j.tensor.TimeSteps;

/// The states of a recurrent decoder's layers.
///
/// @param context   of the source
/// @param layers    of each layer [rows, parts · H]
/// @param fed       what the last step handed on [rows, F]
/// @param sentence  for each row, its source sentence
record RnnDecoderState(RnnDecoder decoder, Encoded encoded, DecoderContext.OfSource context, List<KeptRows> layers,
        KeptRows fed, int[] sentence)
        implements DecoderState {

    static RnnDecoderState start(RnnDecoder decoder, Encoded encoded) {
        int rows = encoded.sentences().size();
        var cells = decoder.context().layers().cells();
        var start = decoder.start(encoded.last());
        var layers = new ArrayList<KeptRows>();
        for (int l = 0; l < cells.size(); l++) {
            int size = cells.get(l).parts() * cells.get(l).size();
            layers.add(start.get(l).map(state -> KeptRows.of(state.value())).orElse(KeptRows.zeros(rows, size)));
        }
        var sentence = new int[rows];
        Arrays.setAll(sentence, i -> i);
        return new RnnDecoderState(decoder, encoded, decoder.context().of(encoded), layers,
                KeptRows.zeros(rows, decoder.context().fedSize()), sentence);
    }

    @Override
    public int rows() {
        return sentence.length;
    }

    @Override
    public DecoderState select(int[] rows) {
        var selected = layers.stream().map(layer -> layer.select(rows)).toList();
        var sentences = Arrays.stream(rows).map(row -> sentence[row]).toArray();
        return new RnnDecoderState(decoder, encoded, context, selected, fed.select(rows), sentences);
    }

    @Override
    public DecoderState join(DecoderState other, Tape keep) {
        var below = (RnnDecoderState) other;
        var sources = new JoinedSources(new JoinedSources.Part(encoded.sentences(), sentence),
                new JoinedSources.Part(below.encoded.sentences(), below.sentence));
        var both = sources.encoded(keep, encoded, below.encoded);
        var joined = new ArrayList<KeptRows>();
        for (int l = 0; l < layers.size(); l++) joined.add(layers.get(l).join(below.layers.get(l)));
        return new RnnDecoderState(decoder, both, decoder.context().of(both), joined, fed.join(below.fed),
                sources.ofRow());
    }

    @Override
    public Step step(Tape tape, int[] tokens, AttentionListener attention) {
        SourceAttention.Listener listener = attention == AttentionListener.NONE ? SourceAttention.Listener.NONE
                : (row, weights) -> attention.attended(0, 0, row, weights);
        var start = layers.stream().map(layer -> layer.on(tape)).toList();
        var result = context.run(
                new DecoderContext.Steps(decoder.embedding().apply(tape, tokens), TimeSteps.single(rows()), sentence,
                        start, fed.on(tape), listener));
        var next = result.states().stream().map(state -> KeptRows.of(RecurrentLayer.last(state).value())).toList();
        var handed = result.fed().map(sequence -> KeptRows.of(sequence.all().value())).orElse(fed);
        return new Step(result.readout(),
                new RnnDecoderState(decoder, encoded, context, next, handed, sentence));
    }
}
