package nmt4j.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a metric says of a corpus, and how it came to it.
///
/// @param interval  the score's confidence interval, if asked for
/// @param byLength  the scores of the lines of each length, if asked for
/// @param groups    the scores of groups of lines, if asked for
public record Evaluation(Score score, Signature signature, Optional<Interval> interval, List<OfLength> byLength,
        List<GroupScore> groups) {
    /// The score of the lines whose reference has so many words.
    public record OfLength(LengthClass length, Score score) {}

    public static Evaluation of(Metric metric, List<String> hypotheses, References references) {
        var score = metric.score(hypotheses, references);
        return new Evaluation(score, metric.signature(references), Optional.empty(), List.of(), List.of());
    }

    /// With a bootstrap confidence interval.
    public static Evaluation of(Metric metric, List<String> hypotheses, References references, Bootstrap bootstrap) {
        var statistics = metric.statistics(hypotheses, references);
        var signature = metric.signature(references).with(bootstrap.label(), bootstrap.trials(), bootstrap.seed());
        var interval = Optional.of(bootstrap.interval(metric, statistics));
        return new Evaluation(metric.score(Metric.sum(statistics)), signature, interval, List.of(), List.of());
    }

    /// The same with the scores by length as well.
    public Evaluation byLength(Metric metric, List<String> hypotheses, References references) {
        var classes = new ArrayList<OfLength>();
        for (var length : LengthClass.of(references)) {
            var selected = new ArrayList<String>();
            for (int line : length.lines())
                selected.add(hypotheses.get(line));
            classes.add(new OfLength(length, metric.score(selected, references.select(length.lines()))));
        }
        return new Evaluation(score, signature, interval, classes, groups);
    }

    /// The same with the scores of groups as well; `labels` names on each line the groups that it belongs to.
    public Evaluation grouped(Metric metric, List<String> hypotheses, References references, List<String> labels) {
        var scores = GroupScore.of(metric, hypotheses, references, labels);
        return new Evaluation(score, signature, interval, byLength, scores);
    }

    /// sacreBLEU's line, with `width` decimals:
    /// `BLEU|nrefs:1|… = 26.1 (μ = 26.1 ± 0.7) 57.9/31.9/19.7/12.7 (BP = 1.000 …)`.
    public String line(int width) {
        return score.name() + '|' + signature + " = " + figures(width);
    }

    /// The same without name and signature.
    public String figures(int width) {
        return Score.rounded(score.score(), width)
                + interval.map(i -> " (" + confidence(i, width) + ")").orElse("")
                + (score.verbose().isEmpty() ? "" : " " + score.verbose());
    }

    /// `μ = 26.1 ± 0.7`
    public static String confidence(Interval interval, int width) {
        return "μ = " + interval.text(width);
    }
}
