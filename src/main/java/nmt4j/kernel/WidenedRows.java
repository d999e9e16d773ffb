package nmt4j.kernel;

/// Rows in bfloat16 that a thread reads in float32, some at a time: one that it has read at the same place just before, as the
/// hypotheses of a beam have most of them in common, is there still.
public final class WidenedRows {
    private final int columns;
    private final long memory;
    private final long[] held; // the address of what was widened to each place

    /// In the thread's `Scratch`: valid while no kernel that takes it runs.
    ///
    /// @param most  rows at a time
    public WidenedRows(int most, int columns) {
        this.columns = columns;
        memory = Scratch.floats((long) most * columns);
        held = new long[most];
    }

    /// @param rows  the addresses of n rows in bfloat16; in their place, of the same in float32
    public void read(long[] rows, int n) {
        for (int j = 0; j < n; j++) {
            long to = memory + (long) j * columns * Float.BYTES;
            if (held[j] != rows[j]) RoundingKernel.widen(rows[j], to, columns);
            held[j] = rows[j];
            rows[j] = to;
        }
    }
}
