package nmt4j.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import nmt4j.Failure;
import nmt4j.text.Whitespace;

/// How the sentences of one group are translated: those with a certain phenomenon, from a certain source.
///
/// @param label      the group's name
/// @param sentences  how many belong to it
/// @param exact      how many of these are equal to one of their references, to the letter
/// @param score      what the metric says of them as a corpus
public record GroupScore(String label, int sentences, int exact, Score score) {
    /// Accuracy: the share of sentences that are translated exactly.
    public double exactShare() {
        return exact / (double) sentences;
    }

    /// The score of each group, ordered by name. A line of `labels` holds the names of the groups that its sentence
    /// belongs to, any number of them, separated by white space.
    public static List<GroupScore> of(Metric metric, List<String> hypotheses, References references,
            List<String> labels) {
        if (labels.size() != hypotheses.size())
            throw Failure.mistake("groups: " + labels.size() + " lines, but hypothesis has " + hypotheses.size());
        var statistics = metric.statistics(hypotheses, references);
        var members = new TreeMap<String, List<Integer>>();
        for (int i = 0; i < labels.size(); i++)
            for (var label : Whitespace.split(labels.get(i)))
                members.computeIfAbsent(label, _ -> new ArrayList<>()).add(i);
        var groups = new ArrayList<GroupScore>();
        members.forEach((label, lines) -> {
            var exact = lines.stream().filter(i -> references.lines().get(i).contains(hypotheses.get(i))).count();
            var sum = Metric.sum(lines.stream().map(i -> statistics[i]).toArray(double[][]::new));
            groups.add(new GroupScore(label, lines.size(), (int) exact, metric.score(sum)));
        });
        return groups;
    }
}
