package nmt4j.evaluation;

import java.util.Arrays;

/// A 95 % confidence interval, mean ± half width.
public record Interval(double mean, double halfWidth) {
    /// The interval that leaves out the lowest and the highest 2.5 % of resampled scores.
    static Interval of(double[] scores) {
        var sorted = scores.clone();
        Arrays.sort(sorted);
        int cut = sorted.length / 40;
        double sum = 0;
        for (double score : sorted)
            sum += score;
        return new Interval(sum / sorted.length, 0.5 * (sorted[sorted.length - 1 - cut] - sorted[cut]));
    }

    /// `26.1 ± 0.7`, with `width` decimals.
    public String text(int width) {
        return Score.rounded(mean, width) + " ± " + Score.rounded(halfWidth, width);
    }
}
