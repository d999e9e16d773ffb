package nmt4j.config;

/// Advice for a number of heads that does not divide the model size.
final class Divisors {
    private Divisors() {}

    /// What is wrong, the nearest number of heads that divides `size`, and a near size that `heads` divides.
    static String advice(int heads, int size) {
        var message = heads + " does not divide modelSize " + size + " (try " + nearestDivisor(heads, size);
        return heads > size ? message + ")" : message + ", or modelSize " + nearMultiple(heads, size) + ")";
    }

    private static int nearestDivisor(int heads, int size) {
        int nearest = size;
        for (int d = 1; (long) d * d <= size; d++) {
            if (size % d == 0) {
                nearest = nearer(heads, nearer(heads, nearest, size / d), d);
            }
        }
        return nearest;
    }

    /// The nearer one of two, or the larger if both are as near.
    private static int nearer(int to, int a, int b) {
        int gain = Math.abs(a - to) - Math.abs(b - to);
        return gain > 0 || gain == 0 && b > a ? b : a;
    }

    /// A multiple of `heads` near `size`, with heads of a round size: the largest power of two up to 64, or its multiple.
    private static int nearMultiple(int heads, int size) {
        int headSize = Math.min(64, Integer.highestOneBit(size / heads));
        return Math.round(size / (float) (heads * headSize)) * heads * headSize;
    }
}
