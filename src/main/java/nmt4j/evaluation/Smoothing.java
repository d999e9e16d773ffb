package nmt4j.evaluation;

import nmt4j.Failure;

/// What BLEU does with n-gram orders of which nothing matched (Chen & Cherry 2014).
public sealed interface Smoothing {
    /// The precision, in percent, of one order.
    ///
    /// @param zeros  how many orders had no match so far, this one included
    double precision(double matches, double total, int zeros);

    /// What is added to the matches and to the total of each order above 1.
    default double added() {
        return 0;
    }

    /// sacreBLEU's name, with the value if there is one: `floor[0.10]`.
    String label();

    /// No smoothing: one order without a match and BLEU is 0.
    record None() implements Smoothing {
        @Override
        public double precision(double matches, double total, int zeros) {
            return 100. * matches / total;
        }

        @Override
        public String label() {
            return "none";
        }
    }

    /// Method 3, NIST's: the k-th order without a match counts as 1 / 2ᵏ of a match.
    record Exponential() implements Smoothing {
        @Override
        public double precision(double matches, double total, int zeros) {
            return matches > 0 ? 100. * matches / total : 100. / (Math.scalb(1., zeros) * total);
        }

        @Override
        public String label() {
            return "exp";
        }
    }

    /// Method 1: `value` matches where there are none.
    record Floor(double value) implements Smoothing {
        /// sacreBLEU's default.
        public static final double DEFAULT = 0.1;

        public Floor {
            requireValue("floor", value);
        }

        @Override
        public double precision(double matches, double total, int zeros) {
            return 100. * (matches > 0 ? matches : value) / total;
        }

        @Override
        public String label() {
            return "floor[" + Score.rounded(value, 2) + "]";
        }
    }

    /// Method 2: k more matches, and k more n-grams, in all orders above 1.
    record AddK(double k) implements Smoothing {
        /// sacreBLEU's default.
        public static final double DEFAULT = 1;

        public AddK {
            requireValue("add-k", k);
        }

        @Override
        public double precision(double matches, double total, int zeros) {
            return 100. * matches / total;
        }

        @Override
        public double added() {
            return k;
        }

        @Override
        public String label() {
            return "add-k[" + Score.rounded(k, 2) + "]";
        }
    }

    private static void requireValue(String method, double value) {
        if (!(value >= 0) || Double.isInfinite(value))
            throw Failure.mistake("smoothing " + method + ": value " + value + ", expected a number of at least 0");
    }
}
