package nmt4j.data;

import java.util.List;
import java.util.stream.IntStream;
import nmt4j.text.Vocabulary;

/// Sentence pairs for one forward and backward pass, packed without padding, longest target first
/// (ties: longest source first).
///
/// Teacher forcing: at each target position the model reads `targetInput` and is asked for `targetOutput`, which is the
/// same sentence one token further on. Both have the same offsets.
///
/// @param source        x₁ … xₙ `</s>`
/// @param targetInput   `<s>` y₁ … yₘ
/// @param targetOutput  y₁ … yₘ `</s>`
/// @param pairs         the pairs' numbers in their corpus [B]
/// @param next          where the sequence of batches goes on after this one: what a training state saves
/// @param endsEpoch     whether this is the last batch of its epoch
public record Batch(PackedSentences source, PackedSentences targetInput, PackedSentences targetOutput,
        List<Integer> pairs, Position next, boolean endsEpoch) {
    private static final int[] NOTHING = {};
    private static final int[] START = {Vocabulary.START};
    private static final int[] END = {Vocabulary.END};

    /// Pairs of ids without `<s>` and `</s>`, in the order given, that belong to no epoch: validation data and tests.
    public static Batch of(List<int[]> sources, List<int[]> targets) {
        var pairs = IntStream.range(0, sources.size()).boxed().toList();
        return of(sources, targets, pairs, Position.START, true);
    }

    /// A batch of sentences of these lengths, in subwords, all of them unknown words.
    public static Batch ofLengths(int[] sources, int[] targets) {
        return of(IntStream.of(sources).mapToObj(int[]::new).toList(),
                IntStream.of(targets).mapToObj(int[]::new).toList());
    }

    static Batch of(List<int[]> sources, List<int[]> targets, List<Integer> pairs, Position next, boolean endsEpoch) {
        if (sources.size() != targets.size())
            throw new IllegalArgumentException(sources.size() + " sources, " + targets.size() + " targets");
        return new Batch(PackedSentences.framed(sources, NOTHING, END), PackedSentences.framed(targets, START, NOTHING),
                PackedSentences.framed(targets, NOTHING, END), pairs, next, endsEpoch);
    }

    /// B, the number of sentence pairs.
    public int size() {
        return source.size();
    }

    /// Source tokens, `</s>` included.
    public int sourceTokens() {
        return source.numTokens();
    }

    /// Target tokens to predict, `</s>` included.
    public int targetTokens() {
        return targetOutput.numTokens();
    }
}
