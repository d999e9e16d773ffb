package nmt4j.diagnostics.corpus;

import java.util.Arrays;

/// Where the middle of some values lies and how far they spread, whatever a few of them do: the median, and the median
/// absolute deviation scaled to a normal distribution's standard deviation.
record Spread(double middle, double deviation) {
    private static final double NORMAL = 1.4826;

    static Spread of(double[] values) {
        if (values.length == 0) return new Spread(0, Double.POSITIVE_INFINITY);
        double middle = median(values.clone());
        var distances = new double[values.length];
        Arrays.setAll(distances, i -> Math.abs(values[i] - middle));
        return new Spread(middle, NORMAL * median(distances));
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        int half = values.length / 2;
        return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    }

    /// How many deviations above the middle, negative below.
    double deviations(double value) {
        return deviation == 0 ? value == middle ? 0 : Math.copySign(Double.POSITIVE_INFINITY, value - middle)
                : (value - middle) / deviation;
    }
}
