package nmt4j.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import nmt4j.evaluation.Bleu;
import nmt4j.evaluation.BleuScore;
import nmt4j.evaluation.LengthClass;
import nmt4j.evaluation.Metric;
import nmt4j.evaluation.References;
import nmt4j.text.Whitespace;

/// The validation set and a model's translations of it.
///
/// @param bleu          as training scores it
/// @param sourceCounts  how often each word, between white space, stands in the training corpus; empty if that is not known
/// @param targetCounts  the same of the target side
/// @param statistics    of each line, what scores are made of
public record Texts(List<String> sources, List<String> references, List<String> translations, Bleu bleu,
        Map<String, Integer> sourceCounts, Map<String, Integer> targetCounts, double[][] statistics) {
    public Texts(List<String> sources, List<String> references, List<String> translations, Bleu bleu,
            Map<String, Integer> sourceCounts, Map<String, Integer> targetCounts) {
        this(sources, references, translations, bleu, sourceCounts, targetCounts,
                bleu.statistics(translations, References.ofStreams(List.of(references))));
    }

    private static final int[] FREQUENCIES = {0, 1, 5, 20, 100, 1000};

    private static final String[] FREQUENCY_LABELS =
            {"never seen", "1–4 times", "5–19", "20–99", "100–999", "1,000 and more"};

    /// How well some words are translated.
    ///
    /// @param references, translations  how often they stand there
    /// @param f1                        harmonic mean of precision and recall
    record WordGroup(String label, int references, int translations, double f1) {}

    /// The score of some lines.
    record Group(String label, int lines, BleuScore score) {}

    BleuScore score() {
        return bleu.score(Metric.sum(statistics));
    }

    List<Group> byLength() {
        return LengthClass.of(References.ofStreams(List.of(references))).stream().map(length -> {
            var lines = Arrays.stream(length.lines()).mapToObj(i -> statistics[i]).toArray(double[][]::new);
            return new Group(length.label(), lines.length, bleu.score(Metric.sum(lines)));
        }).toList();
    }

    /// By how often the rarest word of the reference stands in the training corpus.
    List<Group> byRarestWord() {
        if (targetCounts.isEmpty()) return List.of();
        return groups(i -> frequencyClass(rarest(references.get(i))), FREQUENCY_LABELS);
    }

    /// By how many words of the source the training corpus has not.
    List<Group> byUnknownWords() {
        if (sourceCounts.isEmpty()) return List.of();
        return groups(i -> (int) Math.min(2, Whitespace.split(sources.get(i)).stream()
                .filter(word -> !sourceCounts.containsKey(word)).count()),
                new String[] {"none", "one", "two and more"});
    }

    /// How well words are translated, by how often they stand in the training corpus: F₁ of those that a translation and its
    /// reference have in common (Neubig et al. 2019, section 2.2).
    List<WordGroup> byWordFrequency() {
        if (targetCounts.isEmpty()) return List.of();
        var counts = new int[FREQUENCIES.length][3]; // in references, in translations, in both
        for (int i = 0; i < references.size(); i++) {
            var left = new HashMap<String, Integer>();
            for (var word : Whitespace.split(references.get(i))) {
                counts[frequencyClass(targetCounts.getOrDefault(word, 0))][0]++;
                left.merge(word, 1, Integer::sum);
            }
            for (var word : Whitespace.split(translations.get(i))) {
                int k = frequencyClass(targetCounts.getOrDefault(word, 0));
                counts[k][1]++;
                if (left.merge(word, -1, Integer::sum) >= 0) counts[k][2]++;
            }
        }
        var groups = new ArrayList<WordGroup>();
        for (int k = 0; k < counts.length; k++)
            if (counts[k][0] > 0) groups.add(new WordGroup(FREQUENCY_LABELS[k], counts[k][0], counts[k][1],
                    2.0 * counts[k][2] / (counts[k][0] + counts[k][1])));
        return groups;
    }

    private int rarest(String line) {
        return Whitespace.split(line).stream().mapToInt(word -> targetCounts.getOrDefault(word, 0)).min().orElse(0);
    }

    private static int frequencyClass(int count) {
        int k = FREQUENCIES.length - 1;
        while (count < FREQUENCIES[k]) k--;
        return k;
    }

    private List<Group> groups(ToIntFunction<Integer> group, String[] labels) {
        var sums = new double[labels.length][statistics[0].length];
        var lines = new int[labels.length];
        for (int i = 0; i < statistics.length; i++) {
            int g = group.applyAsInt(i);
            lines[g]++;
            for (int k = 0; k < statistics[i].length; k++) sums[g][k] += statistics[i][k];
        }
        var groups = new ArrayList<Group>();
        for (int g = 0; g < labels.length; g++)
            if (lines[g] > 0) groups.add(new Group(labels[g], lines[g], bleu.score(sums[g])));
        return groups;
    }

    /// The lines of the lowest scores, each by itself.
    List<Integer> worst(int count) {
        var single = bleu.withEffectiveOrder();
        var scores = Arrays.stream(statistics).mapToDouble(s -> single.score(s).score()).toArray();
        return IntStream.range(0, scores.length).boxed()
                .sorted(Comparator.comparingDouble(i -> scores[i])).limit(count).toList();
    }
}
