package nmt4j.data;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import nmt4j.Failure;
import nmt4j.config.CorpusConfig;
import nmt4j.config.TrainingConfig.Unit;
import nmt4j.text.TextCodec;

/// A validation or test corpus, whole and in the order of its files: nothing is left out, so that BLEU is
/// that of the file. Pairs of more than 10,000 subwords on a side are, of the loss alone.
///
/// @param sources, references   the lines as they stand in the files
/// @param sourceIds, targetIds  their subwords, without `<s>` and `</s>`
public record ValidationSet(List<String> sources, List<String> references, List<int[]> sourceIds,
        List<int[]> targetIds) {
    private static final int LONGEST = 10_000;

    /// @throws nmt4j.Failure if the line counts differ, a file has no lines, or text is not UTF-8
    public static ValidationSet read(CorpusConfig files, TextCodec source, TextCodec target) {
        var sources = new ArrayList<String>();
        var references = new ArrayList<String>();
        try (var pairs = new PairReader(files)) {
            while (pairs.advance()) {
                sources.add(pairs.source());
                references.add(pairs.target());
            }
        }
        if (sources.isEmpty())
            throw Failure.mistake(files.source() + ", " + files.target() + ": empty files; expected sentence pairs");
        return new ValidationSet(List.copyOf(sources), List.copyOf(references),
                sources.stream().map(source::encode).toList(), references.stream().map(target::encode).toList());
    }

    /// The number of sentence pairs.
    public int size() {
        return sources.size();
    }

    /// CRC-32C of all lines in order.
    public long fingerprint() {
        var checksum = new CRC32C();
        for (int i = 0; i < size(); i++)
            checksum.update((sources.get(i) + "\n" + references.get(i) + "\n").getBytes(StandardCharsets.UTF_8));
        return checksum.getValue();
    }

    /// How many pairs are too long for a loss: attention takes memory with the square.
    public int tooLong() {
        return (int) IntStream.range(0, size()).filter(i -> !hasLoss(i)).count();
    }

    private boolean hasLoss(int i) {
        return Math.max(sourceIds.get(i).length, targetIds.get(i).length) <= LONGEST;
    }

    /// All pairs that have a loss, in batches of at most `tokens` tokens of the longer side, longest first; a pair that is
    /// longer than that is alone.
    public List<Batch> batches(int tokens) {
        var budget = new Budget(Unit.TOKENS, tokens);
        var order = IntStream.range(0, size()).filter(this::hasLoss).boxed().sorted(Comparator
                .<Integer>comparingInt(i -> targetIds.get(i).length).thenComparingInt(i -> sourceIds.get(i).length)
                .reversed()).toList();
        var batches = new ArrayList<Batch>();
        for (int from = 0; from < order.size();) {
            int to = from + 1;
            while (to < order.size() && budget.fits(pairs(order.subList(from, to + 1)))) to++;
            batches.add(batch(order.subList(from, to), to == order.size()));
            from = to;
        }
        return batches;
    }

    private List<Pair> pairs(List<Integer> numbers) {
        return numbers.stream().map(i -> new Pair(sourceIds.get(i), targetIds.get(i))).toList();
    }

    private Batch batch(List<Integer> numbers, boolean last) {
        return Batch.of(numbers.stream().map(sourceIds::get).toList(), numbers.stream().map(targetIds::get).toList(),
                List.copyOf(numbers), Position.START, last);
    }
}
