package nmt4j.evaluation;

import java.util.List;

import nmt4j.Failure;

/// A measure of how near translations come to references. Every metric first counts some statistics of each segment,
/// whose sums give the score: of a sentence, of a corpus, of any sample of a corpus.
public sealed interface Metric permits Bleu, Chrf, Ter {
    /// The name as sacreBLEU prints it.
    String name();

    /// What is counted of one segment.
    double[] statistics(String hypothesis, List<String> references);

    /// The score that sums of statistics give.
    Score score(double[] statistics);

    /// The settings as sacreBLEU writes them.
    Signature signature(References references);

    /// Whether a higher score is a better one.
    default boolean higherIsBetter() {
        return true;
    }

    /// The statistics of each segment of a corpus.
    default double[][] statistics(List<String> hypotheses, References references) {
        if (hypotheses.size() != references.size())
            throw Failure.mistake(
                    "hypothesis: " + hypotheses.size() + " lines, but reference has " + references.size());
        if (hypotheses.isEmpty())
            throw Failure.mistake("hypothesis: no lines, expected at least 1");
        var statistics = new double[hypotheses.size()][];
        for (int i = 0; i < statistics.length; i++)
            statistics[i] = statistics(hypotheses.get(i), references.lines().get(i));
        return statistics;
    }

    /// The score of a corpus.
    default Score score(List<String> hypotheses, References references) {
        return score(sum(statistics(hypotheses, references)));
    }

    /// The score of a corpus, given whole reference files (see [References#ofStreams]).
    default Score score(List<String> hypotheses, List<List<String>> references) {
        return score(hypotheses, References.ofStreams(references));
    }

    /// The score of one sentence.
    default Score sentenceScore(String hypothesis, List<String> references) {
        return score(statistics(hypothesis, references));
    }

    /// The statistics of a corpus: those of its segments added up.
    static double[] sum(double[][] statistics) {
        var sum = new double[statistics[0].length];
        for (var segment : statistics)
            for (int i = 0; i < sum.length; i++)
                sum[i] += segment[i];
        return sum;
    }
}
