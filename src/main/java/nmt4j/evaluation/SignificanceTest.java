package nmt4j.evaluation;

import java.util.List;

import nmt4j.Failure;

/// Whether systems differ from a baseline by more than the choice of sentences explains, as sacreBLEU tests it.
public sealed interface SignificanceTest permits Bootstrap, ApproximateRandomization {
    /// The seed that sacreBLEU takes unless told.
    long DEFAULT_SEED = 12345;

    /// Compares each system with the first, the baseline.
    ///
    /// @param systems  for each system the metric's statistics of each segment
    List<Comparison> compare(Metric metric, List<double[][]> systems);

    /// sacreBLEU's short name in signatures.
    String label();

    int trials();

    long seed();

    /// p = (c + 1) / (trials + 1), c being how many trials differ by more than the systems do.
    static double p(int larger, int trials) {
        return (larger + 1.) / (trials + 1.);
    }

    static void requireTrials(int trials) {
        if (trials < 1)
            throw Failure.mistake("significance test: " + trials + " trials, expected at least 1");
    }
}
