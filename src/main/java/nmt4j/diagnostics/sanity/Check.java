package nmt4j.diagnostics.sanity;

import java.util.Locale;
import nmt4j.kernel.Parallel;

/// One rung of the sanity ladder.
interface Check {
    /// What must hold, in words.
    String law();

    Finding run(Subject subject, Parallel parallel);

    default Finding finding(boolean passed, String figure, String limit, String where) {
        return new Finding(law(), figure, limit, passed, where);
    }

    static String format(String text, Object... arguments) {
        return String.format(Locale.ROOT, text, arguments);
    }

    /// The largest difference of two results.
    static double difference(float[] a, float[] b) {
        double largest = 0;
        for (int i = 0; i < a.length; i++) {
            double d = Math.abs((double) a[i] - b[i]);
            if (!(d <= largest)) largest = d; // NaN as well
        }
        return a.length == b.length ? largest : Double.NaN;
    }
}
