package nmt4j.decoding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import nmt4j.Failure;
import nmt4j.kernel.Parallel;
import nmt4j.tensor.Tape;

/// Where a decoder looked as it wrote a translation.
///
/// @param counted  whose attention this is
/// @param heads    of each of them, for each target token and for `</s>` at last, the weights of the source tokens and of
///                 `</s>` [T + 1][S + 1]; empty if the model has no attention
public record DecoderAttention(AttentionHeads counted, SortedMap<AttentionHeads, float[][]> heads) {

    /// @param steps  of each target token and of `</s>`, each with the same heads
    static DecoderAttention of(AttentionHeads counted, List<SortedMap<AttentionHeads, float[]>> steps) {
        var heads = new TreeMap<AttentionHeads, float[][]>();
        for (var head : steps.getFirst().keySet())
            heads.put(head, steps.stream().map(step -> step.get(head)).toArray(float[][]::new));
        return new DecoderAttention(counted, heads);
    }

    /// Where the decoders look as they write translations that are known.
    ///
    /// @param sources, targets  lines of text
    public static List<DecoderAttention> read(Ensemble models, List<String> sources, List<String> targets) {
        var pairs = new ArrayList<Sentence>();
        var reader = new LongLine(models.sources(), Integer.MAX_VALUE);
        for (int i = 0; i < sources.size(); i++)
            pairs.add(new Sentence(i + 1, reader.whole(sources.get(i)).sources(),
                    Demands.prefix(models.first().target().encode(targets.get(i)))));
        var forced = new ForcedDecoding(new Ranking(LengthPenalty.NONE), Optional.of(AttentionHeads.ALL));
        try (var tape = Tape.inference(new Parallel(1)); var predictor = models.predictor(models.projections(tape))) {
            return pairs.stream().map(pair -> forced.search(predictor, List.of(pair)).getFirst().getFirst().remarks()
                    .attention().orElseThrow()).toList();
        }
    }

    /// What has to be so before lines are searched for something that their attention makes.
    ///
    /// @throws Failure  if the models have none that counts
    public static void require(Ensemble models, AttentionHeads counted) {
        var there = read(models, List.of(""), List.of("")).getFirst().heads().keySet();
        if (there.stream().noneMatch(counted::include)) throw counted.noneThere();
    }

    /// The mean over the heads [T + 1][S + 1]; rows sum to 1.
    ///
    /// @throws Failure  if there are none
    float[][] mean() {
        if (heads.isEmpty()) throw counted.noneThere();
        var first = heads.firstEntry().getValue();
        var mean = new float[first.length][first[0].length];
        for (var weights : heads.values())
            for (int t = 0; t < mean.length; t++)
                for (int s = 0; s < mean[t].length; s++) mean[t][s] += weights[t][s];
        for (var row : mean) for (int s = 0; s < row.length; s++) row[s] /= heads.size();
        return mean;
    }
}
