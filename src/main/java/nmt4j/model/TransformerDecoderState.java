package nmt4j.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import nmt4j.kernel.Matrix;
import nmt4j.nn.CrossAttention;
import nmt4j.tensor.CachedAttention;
import nmt4j.tensor.KeptFormat;
import nmt4j.tensor.Sentences;
import nmt4j.tensor.Tape;
import nmt4j.tensor.ResidualEnd;
import nmt4j.tensor.ResidualStream;
import nmt4j.tensor.Tensor;

/// Keys and values of all steps so far, and of the source. A reordering of rows moves addresses, never keys.
///
/// @param keep      where keys and values live
/// @param memory    keys and values of the source for each layer [S, kept]
/// @param history   for each row and each of its steps, the address of keys and values of all layers [layers · kept]
/// @param sentence  for each row, its source sentence
record TransformerDecoderState(TransformerDecoder decoder, Tape keep, Sentences source, List<Tensor> memory,
        long[][] history, int[] sentence) implements DecoderState {

    static TransformerDecoderState start(TransformerDecoder decoder, Encoded encoded) {
        int rows = encoded.sentences().size();
        var memory = new ArrayList<Tensor>();
        for (var layer : decoder.layers()) {
            var keyValue = layer.crossAttention().keyValue();
            memory.add(encoded.states().tape()
                    .layer(x -> decoder.keptFormat().kept(keyValue.apply(x)), encoded.states())); // [S, kept]
        }
        var sentence = new int[rows];
        Arrays.setAll(sentence, i -> i);
        return new TransformerDecoderState(decoder, encoded.states().tape(), encoded.sentences(), memory,
                new long[rows][0], sentence);
    }

    @Override
    public int rows() {
        return sentence.length;
    }

    @Override
    public DecoderState select(int[] rows) {
        var newHistory = new long[rows.length][];
        var newSentence = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            newHistory[i] = history[rows[i]];
            newSentence[i] = sentence[rows[i]];
        }
        return new TransformerDecoderState(decoder, keep, source, memory, newHistory, newSentence);
    }

    @Override
    public DecoderState join(DecoderState other, Tape tape) {
        var below = (TransformerDecoderState) other;
        var sources = new JoinedSources(new JoinedSources.Part(source, sentence),
                new JoinedSources.Part(below.source, below.sentence));
        var joined = new ArrayList<Tensor>();
        for (int l = 0; l < memory.size(); l++) joined.add(sources.tokens(tape, memory.get(l), below.memory.get(l)));
        var all = Stream.of(history, below.history).flatMap(Arrays::stream).toArray(long[][]::new);
        return new TransformerDecoderState(decoder, tape, sources.sentences(), joined,
                CachedAttention.copies(tape, all, memory.size() * keptColumns()), sources.ofRow());
    }

    /// Columns that keys and values of a layer take: 2H, or half as many.
    private int keptColumns() {
        return memory.getFirst().columns();
    }

    @Override
    public Step step(Tape tape, int[] tokens, AttentionListener attention) {
        var positions = Arrays.stream(history).mapToInt(steps -> steps.length).toArray();
        var newest = keep.tensor(rows(), memory.size() * keptColumns()).value(); // [rows, layers · kept]
        var next = grown(newest);
        var stream = decoder.residuals().begin(decoder.embedding().apply(tape, tokens, positions)); // [rows, H]
        for (int l = 0; l < decoder.layers().size(); l++) {
            int layer = l;
            stream = tape.layer(x -> next.layer(layer, x, newest, attention), stream);
        }
        return new Step(stream.normal(), next);
    }

    /// This state with one step more.
    private TransformerDecoderState grown(Matrix newest) {
        var longer = new long[rows()][];
        for (int row = 0; row < rows(); row++) {
            int position = history[row].length;
            longer[row] = Arrays.copyOf(history[row], position + 1);
            longer[row][position] = newest.row(row);
        }
        return new TransformerDecoderState(decoder, keep, source, memory, longer, sentence);
    }

    /// One layer's step: `TransformerDecoderLayer.apply` for the newest token of each row.
    private ResidualStream layer(int l, ResidualStream stream, Matrix newest, AttentionListener listener) {
        var layer = decoder.layers().get(l);
        stream = layer.selfResidual().around((x, end) -> selfAttention(l, x, end, newest), stream);
        stream = layer.crossResidual().around((x, end) -> crossAttention(l, x, end, listener), stream);
        return layer.feedForwardResidual().around(layer.feedForward()::apply, stream);
    }

    /// @param newest  takes keys and values of this step
    private ResidualStream selfAttention(int l, Tensor x, ResidualEnd end, Matrix newest) {
        var attention = decoder.layers().get(l).selfAttention();
        int size = x.columns();
        var qkv = attention.projection().apply(x); // [rows, 3H]
        decoder.keptFormat().keep(qkv.value().columns(size, 3 * size),
                newest.columns(l * keptColumns(), (l + 1) * keptColumns()));
        var query = CachedAttention.part(qkv, 0, size); // [rows, H]
        long toLayer = (long) l * keptColumns() * Float.BYTES;
        int longest = Arrays.stream(history).mapToInt(steps -> steps.length).max().orElse(0);
        var context = CachedAttention.apply(query, (row, keys) -> {
            var steps = history[row];
            for (int t = 0; t < steps.length; t++) keys[t] = steps[t] + toLayer;
            return steps.length;
        }, decoder.keptFormat(), longest, attention.heads(), (_, _, _, _, _) -> {
        });
        return attention.output().apply(context, end);
    }

    private ResidualStream crossAttention(int l, Tensor x, ResidualEnd end, AttentionListener listener) {
        var attention = decoder.layers().get(l).crossAttention();
        var kv = memory.get(l).value();
        CachedAttention.Listener shown = listener == AttentionListener.NONE ? (_, _, _, _, _) -> {
        }
                : (head, row, weights, from, n) -> listener.attended(l, head, row,
                        Arrays.copyOfRange(weights, from, from + n));
        var context = CachedAttention.apply(attention.query().apply(x), (row, keys) -> {
            int begin = source.begin(sentence[row]);
            int n = source.length(sentence[row]);
            for (int j = 0; j < n; j++) keys[j] = kv.row(begin + j);
            return n;
        }, decoder.keptFormat(), source.maxLength(), attention.heads(), shown);
        return attention.output().apply(context, end);
    }
}
