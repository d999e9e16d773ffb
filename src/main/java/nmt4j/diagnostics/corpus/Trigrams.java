package nmt4j.diagnostics.corpus;

/// How often each three characters in a row occur in one side of a corpus (Cavnar & Trenkle 1994): lower-case, a digit is
/// a digit, each run of spaces is one. Different threes may share a place of the table.
final class Trigrams {
    private static final int BITS = 18;
    private static final double PRIOR = 0.5;

    private final int[] counts = new int[1 << BITS];
    private final float[] own = new float[1 << BITS];
    private final float[] others = new float[1 << BITS];
    private long total;

    void add(String line) {
        int places = 0;
        for (int i = 0; i < line.length(); i++) {
            places = next(places, line.charAt(i));
            counts[place(places)]++;
        }
        total += line.length();
    }

    /// Works out the logarithms; no line may be added any more.
    void seal() {
        double norm = Math.log(total + PRIOR * counts.length);
        for (int i = 0; i < counts.length; i++) {
            own[i] = (float) (Math.log(Math.max(0, counts[i] - 1) + PRIOR) - norm);
            others[i] = (float) (Math.log(counts[i] + PRIOR) - norm);
        }
    }

    /// Σ log p of a line that was added: as if it had not been, so that a line does not vouch for itself.
    double ofOwn(String line) {
        return sum(line, own);
    }

    /// Σ log p of a line of the other side.
    double ofOther(String line) {
        return sum(line, others);
    }

    private static double sum(String line, float[] logs) {
        double sum = 0;
        int places = 0;
        for (int i = 0; i < line.length(); i++) {
            places = next(places, line.charAt(i));
            sum += logs[place(places)];
        }
        return sum;
    }

    /// The last three characters, ten bits each.
    private static int next(int last, char c) {
        int folded = c >= 'A' && c <= 'Z' ? c | 0x20 : c >= '0' && c <= '9' ? '0' : c < 0x80 ? c
                : Character.toLowerCase(c) * 0x9E35 >>> 3 & 0x3FF;
        return (last << 10 | folded & 0x3FF) & 0x3FFFFFFF;
    }

    private static int place(int three) {
        return three * 0x9E3779B1 >>> 32 - BITS;
    }
}
