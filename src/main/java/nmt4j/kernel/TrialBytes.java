package nmt4j.kernel;

/// Factors of trial products of bytes: the largest numbers of either sign, alone and among others.
final class TrialBytes {
    private TrialBytes() {}

    /// x[i, l] in 0 … 127.
    static int left(int i, int l) {
        return i % 2 == 0 || l % 3 == 0 ? Int8Product.LARGEST : i;
    }

    /// y[l, j] in −127 … 127.
    static int right(int l, int j) {
        if (j % 3 == 0) return -Quantized.LARGEST;
        return l % (j % 3) == 0 ? Quantized.LARGEST : -j / 4;
    }
}
