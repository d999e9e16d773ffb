package nmt4j.config;

import java.util.regex.Pattern;

/// The numbers between two bounds, written as in mathematics: `[0, 1)` holds 0 and not 1.
record Interval(String low, boolean closedBelow, String high, boolean closedAbove) {
    private static final Pattern WRITTEN = Pattern.compile("([\\[(])([^,]+), ([^,]+)([])])");

    static Interval parse(String text) {
        var matcher = WRITTEN.matcher(text);
        if (!matcher.matches())
            throw new IllegalArgumentException("not an interval: " + text);
        boolean closedBelow = matcher.group(1).equals("[");
        boolean closedAbove = matcher.group(4).equals("]");
        return new Interval(matcher.group(2), closedBelow, matcher.group(3), closedAbove);
    }

    boolean contains(double x) {
        double from = Double.parseDouble(low);
        double to = unbounded() ? Double.POSITIVE_INFINITY : Double.parseDouble(high);
        return (closedBelow ? x >= from : x > from) && (closedAbove ? x <= to : x < to);
    }

    /// The interval in words: `at least 0 and below 1`.
    String words() {
        var least = (closedBelow ? "at least " : "above ") + low;
        return unbounded() ? least : least + " and " + (closedAbove ? "at most " : "below ") + high;
    }

    private boolean unbounded() {
        return high.equals("∞");
    }
}
