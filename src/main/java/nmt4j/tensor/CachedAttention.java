package nmt4j.tensor;

import java.util.Arrays;
import java.util.LinkedHashMap;
import nmt4j.kernel.CachedAttentionKernel;
import nmt4j.kernel.Elementwise;
import nmt4j.kernel.Matrix;

/// Attention in a decoder's step: one query a row, to keys and values of earlier steps or of the source. Inference only.
public final class CachedAttention {
    /// About as many of them keep cores busy, and in a batch the hypotheses of a sentence mostly stay together.
    private static final int TILES = 16;

    private CachedAttention() {}

    /// Keys and values side by side, 2H numbers a row, in any number of matrices of one format.
    @FunctionalInterface
    public interface Memory {
        /// Writes the addresses of the keys that a row sees.
        ///
        /// @return how many
        int keys(int row, long[] addresses);
    }

    /// Is shown the n weights of a row and head.
    @FunctionalInterface
    public interface Listener {
        /// @param from  where they begin
        void attended(int head, int row, float[] weights, int from, int n);
    }

    /// @param query     [rows, H]
    /// @param format    of the memory
    /// @param longest   the most keys that a row sees
    /// @param heads     N
    /// @return          [rows, H]
    public static Tensor apply(Tensor query, Memory memory, KeptFormat format, int longest, int heads,
            Listener listener) {
        var tape = query.tape();
        var y = tape.tensor(query.rows(), query.columns()); // [rows, H]
        int size = Math.max(1, tape.threads() == 1 ? query.rows() : query.rows() / TILES);
        tape.parallel("cached attention").rows(query.rows(), size, (from, to) -> {
            var reader = format.reader(longest, 2 * query.columns());
            var keys = new long[longest];
            for (int row = from; row < to; row++) {
                int n = memory.keys(row, keys);
                reader.read(keys, n);
                attend(query.value(), keys, n, heads, row, y.value(), listener);
            }
        });
        return y;
    }

    /// Copies rows that are kept to another tape, each once however often it is named.
    ///
    /// @param rows     their addresses
    /// @param columns  of each
    /// @return         the addresses of the copies
    public static long[][] copies(Tape keep, long[][] rows, int columns) {
        var places = new LinkedHashMap<Long, Integer>();
        for (var some : rows) for (long row : some) places.putIfAbsent(row, places.size());
        var kept = keep.tensor(places.size(), columns).value();
        places.forEach((row, place) -> Elementwise.copy(row, kept.row(place), columns));
        var copies = new long[rows.length][];
        for (int i = 0; i < rows.length; i++)
            copies[i] = Arrays.stream(rows[i]).map(row -> kept.row(places.get(row))).toArray();
        return copies;
    }

    /// Columns `from` to `to` of a tensor.
    public static Tensor part(Tensor x, int from, int to) {
        return new Tensor(x.tape(), x.value().columns(from, to));
    }

    private static void attend(Matrix query, long[] keys, int n, int heads, int row, Matrix y, Listener listener) {
        int size = query.columns() / heads;
        long toValue = (long) query.columns() * Float.BYTES; // a row is keys, then values
        int room = CachedAttentionKernel.room(n);
        var weights = new float[heads * room];
        CachedAttentionKernel.run(query.row(row), keys, n, toValue, heads, size, y.row(row), weights);
        for (int head = 0; head < heads; head++) listener.attended(head, row, weights, head * room, n);
    }
}
