package nmt4j.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nmt4j.kernel.Matrix;
import nmt4j.nn.CrossAttention;
import nmt4j.tensor.CachedAttention;
import nmt4j.tensor.Sentences;
import nmt4j.tensor.Tape;
import nmt4j.tensor.Tensor;

/// Keys and values of all steps so far, and of the source. A reordering of rows moves indices, never keys.
///
/// @param memory    keys and values of the source for each layer [S, 2H]
/// @param steps     per layer and step, keys and values of the rows of that step [rows then, 2H]
/// @param history   for each row, its row in each step
/// @param sentence  for each row, its source sentence
record TransformerDecoderState(TransformerDecoder decoder, Tape keep, Sentences source, List<Matrix> memory,
        List<List<Matrix>> steps, int[][] history, int[] sentence) implements DecoderState {

    static TransformerDecoderState start(TransformerDecoder decoder, Encoded encoded) {
        int rows = encoded.sentences().size();
        var memory = new ArrayList<Matrix>();
        var steps = new ArrayList<List<Matrix>>();
        for (var layer : decoder.layers()) {
            memory.add(layer.crossAttention().keyValue().apply(encoded.states()).value()); // [S, 2H]
            steps.add(List.of());
        }
        var sentence = new int[rows];
        Arrays.setAll(sentence, i -> i);
        return new TransformerDecoderState(decoder, encoded.states().tape(), encoded.sentences(), memory, steps,
                new int[rows][0], sentence);
    }

    @Override
    public int rows() {
        return sentence.length;
    }

    @Override
    public DecoderState select(int[] rows) {
        var newHistory = new int[rows.length][];
        var newSentence = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            newHistory[i] = history[rows[i]];
            newSentence[i] = sentence[rows[i]];
        }
        return new TransformerDecoderState(decoder, keep, source, memory, steps, newHistory, newSentence);
    }

    @Override
    public Step step(Tape tape, int[] tokens, AttentionListener attention) {
        int position = rows() == 0 ? 0 : history[0].length;
        var positions = new int[rows()];
        Arrays.fill(positions, position);
        var next = grown(position);
        var x = decoder.embedding().apply(tape, tokens, positions); // [rows, H]
        for (int l = 0; l < decoder.layers().size(); l++) x = next.layer(l, x, attention);
        return new Step(decoder.normalized(x), next);
    }

    /// This state with room for one step more.
    private TransformerDecoderState grown(int position) {
        var newHistory = new int[rows()][];
        for (int row = 0; row < rows(); row++) {
            newHistory[row] = Arrays.copyOf(history[row], position + 1);
            newHistory[row][position] = row;
        }
        var newSteps = new ArrayList<List<Matrix>>();
        for (var ofLayer : steps) {
            var grown = new ArrayList<>(ofLayer);
            grown.add(keep.tensor(rows(), 2 * decoder.layers().getFirst().selfAttention().output().weight().rows())
                    .value());
            newSteps.add(grown);
        }
        return new TransformerDecoderState(decoder, keep, source, memory, newSteps, newHistory, sentence);
    }

    /// One layer's step: `TransformerDecoderLayer.apply` for the newest token of each row.
    private Tensor layer(int l, Tensor x, AttentionListener attention) {
        var layer = decoder.layers().get(l);
        x = layer.selfResidual().around(y -> selfAttention(l, y), x);                                    // [rows, H]
        x = layer.crossResidual().around(y -> crossAttention(l, layer.crossAttention(), y, attention), x); // [rows, H]
        return layer.feedForwardResidual().around(layer.feedForward()::apply, x);                        // [rows, H]
    }

    private Tensor selfAttention(int l, Tensor x) {
        var attention = decoder.layers().get(l).selfAttention();
        int size = x.columns();
        var qkv = attention.projection().apply(x); // [rows, 3H]
        var kept = steps.get(l);
        CachedAttention.keep(qkv.value().columns(size, 3 * size), kept.getLast());
        var query = CachedAttention.part(qkv, 0, size); // [rows, H]
        int n = kept.size();
        var context = CachedAttention.apply(query, (row, keys) -> {
            for (int t = 0; t < n; t++) keys[t] = kept.get(t).row(history[row][t]);
            return n;
        }, n, attention.heads(), (head, row, weights, count) -> {
        });
        return attention.output().apply(context); // [rows, H]
    }

    private Tensor crossAttention(int l, CrossAttention attention, Tensor x, AttentionListener listener) {
        var kv = memory.get(l);
        CachedAttention.Listener shown = listener == AttentionListener.NONE ? (head, row, weights, n) -> {
        }
                : (head, row, weights, n) -> listener.attended(l, head, row, Arrays.copyOf(weights, n));
        var context = CachedAttention.apply(attention.query().apply(x), (row, keys) -> {
            int begin = source.begin(sentence[row]);
            int n = source.length(sentence[row]);
            for (int j = 0; j < n; j++) keys[j] = kv.row(begin + j);
            return n;
        }, source.maxLength(), attention.heads(), shown);
        return attention.output().apply(context); // [rows, H]
    }
}
