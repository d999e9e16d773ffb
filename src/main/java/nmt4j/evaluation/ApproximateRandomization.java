package nmt4j.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Paired approximate randomisation (Riezler & Maxwell 2005): if the systems are alike, swapping their outputs on a
/// random half of the segments changes little. Equal seeds swap as sacreBLEU does.
public record ApproximateRandomization(int trials, long seed) implements SignificanceTest {
    public ApproximateRandomization {
        SignificanceTest.requireTrials(trials);
    }

    /// 10,000 trials.
    public static ApproximateRandomization standard() {
        return new ApproximateRandomization(10_000, DEFAULT_SEED);
    }

    @Override
    public String label() {
        return "ar";
    }

    @Override
    public List<Comparison> compare(Metric metric, List<double[][]> systems) {
        var baseline = metric.score(Metric.sum(systems.getFirst()));
        var comparisons = new ArrayList<Comparison>();
        comparisons.add(new Comparison(baseline, Optional.empty(), OptionalDouble.empty()));
        for (var system : systems.subList(1, systems.size())) {
            var score = metric.score(Metric.sum(system));
            int larger = countLarger(metric, systems.getFirst(), system, Math.abs(baseline.score() - score.score()));
            var p = OptionalDouble.of(SignificanceTest.p(larger, trials));
            comparisons.add(new Comparison(score, Optional.empty(), p));
        }
        return comparisons;
    }

    /// In how many trials the two mixtures of the systems differ by more than the systems do.
    private int countLarger(Metric metric, double[][] baseline, double[][] system, double difference) {
        var random = new Pcg64(seed);
        int larger = 0;
        var one = new double[baseline[0].length];
        var other = new double[one.length];
        for (int trial = 0; trial < trials; trial++) {
            Arrays.fill(one, 0);
            Arrays.fill(other, 0);
            for (int i = 0; i < baseline.length; i++) {
                boolean keep = random.coin();
                add(keep ? baseline[i] : system[i], one);
                add(keep ? system[i] : baseline[i], other);
            }
            if (Math.abs(metric.score(one).score() - metric.score(other).score()) > difference)
                larger++;
        }
        return larger;
    }

    private static void add(double[] segment, double[] sum) {
        for (int i = 0; i < sum.length; i++)
            sum[i] += segment[i];
    }
}
