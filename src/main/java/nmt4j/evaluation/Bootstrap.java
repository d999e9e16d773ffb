package nmt4j.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Bootstrap resampling (Koehn 2004): scores of corpora drawn with replacement from the segments of one. Equal seeds
/// draw sacreBLEU's samples; sacreBLEU adds them up in float32, so that its means agree to about five digits.
public record Bootstrap(int trials, long seed) implements SignificanceTest {
    public Bootstrap {
        SignificanceTest.requireTrials(trials);
    }

    /// 1,000 samples.
    public static Bootstrap standard() {
        return new Bootstrap(1000, DEFAULT_SEED);
    }

    @Override
    public String label() {
        return "bs";
    }

    /// The confidence interval of one system's score.
    public Interval interval(Metric metric, double[][] statistics) {
        return Interval.of(scores(metric, statistics));
    }

    @Override
    public List<Comparison> compare(Metric metric, List<double[][]> systems) {
        var baseline = metric.score(Metric.sum(systems.getFirst()));
        var baselineScores = scores(metric, systems.getFirst());
        var comparisons = new ArrayList<Comparison>();
        comparisons.add(new Comparison(baseline, Optional.of(Interval.of(baselineScores)), OptionalDouble.empty()));
        for (var system : systems.subList(1, systems.size())) {
            var score = metric.score(Metric.sum(system));
            var scores = scores(metric, system);
            double p = p(baselineScores, scores, Math.abs(baseline.score() - score.score()));
            comparisons.add(new Comparison(score, Optional.of(Interval.of(scores)), OptionalDouble.of(p)));
        }
        return comparisons;
    }

    /// The same samples for every system of as many segments.
    double[] scores(Metric metric, double[][] statistics) {
        var random = new Pcg64(seed);
        var scores = new double[trials];
        var sum = new double[statistics[0].length];
        for (int trial = 0; trial < trials; trial++) {
            Arrays.fill(sum, 0);
            for (int draw = 0; draw < statistics.length; draw++) {
                var segment = statistics[random.below(statistics.length)];
                for (int i = 0; i < sum.length; i++)
                    sum[i] += segment[i];
            }
            scores[trial] = metric.score(sum).score();
        }
        return scores;
    }

    /// Shifts the differences of the samples to a mean of 0, which is what they would have if the systems were equal.
    private static double p(double[] baseline, double[] system, double difference) {
        double mean = 0;
        for (int trial = 0; trial < system.length; trial++)
            mean += Math.abs(system[trial] - baseline[trial]) / system.length;
        int larger = 0;
        for (int trial = 0; trial < system.length; trial++)
            if (Math.abs(system[trial] - baseline[trial]) - mean > difference)
                larger++;
        return SignificanceTest.p(larger, system.length);
    }
}
