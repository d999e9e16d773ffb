package nmt4j.tensor;

import java.util.Arrays;
import nmt4j.kernel.WindowKernel;

/// The rows that a convolution of width k sees from each row. Sentences lie one after the other without padding: what
/// would be beyond their ends is 0.
public final class Window {
    private static final int NONE = -1;

    private final int width;
    private final int[] rows;   // [T · k]: for each row, those that it sees
    private final int[] seenBy; // [T · k]: for each row, those that see it as their j-th

    private Window(int width, int tokens) {
        this.width = width;
        rows = new int[tokens * width];
        seenBy = new int[tokens * width];
        Arrays.fill(rows, NONE);
        Arrays.fill(seenBy, NONE);
    }

    /// As many rows before as behind.
    ///
    /// @param width  k, odd
    public static Window centred(Sentences sentences, int width) {
        var window = new Window(width, sentences.tokens());
        for (int i = 0; i < sentences.size(); i++)
            for (int t = sentences.begin(i); t < sentences.end(i); t++)
                for (int j = 0; j < width; j++) {
                    int seen = t + j - width / 2;
                    if (seen >= sentences.begin(i) && seen < sentences.end(i)) window.see(t, j, seen);
                }
        return window;
    }

    /// The row itself and the k − 1 steps before it: the future does not leak.
    public static Window causal(TimeSteps steps, int width) {
        var window = new Window(width, steps.rows());
        for (int t = 0; t < steps.size(); t++)
            for (int place = 0; place < steps.active(t); place++)
                for (int j = Math.max(0, width - 1 - t); j < width; j++)
                    window.see(steps.begin(t) + place, j, steps.begin(t + j - width + 1) + place);
        return window;
    }

    private void see(int row, int j, int seen) {
        rows[row * width + j] = seen;
        seenBy[seen * width + j] = row;
    }

    /// What each row sees, side by side, the earliest first.
    ///
    /// @param x  [T, H]
    /// @return   [T, k · H]
    public Tensor apply(Tensor x) {
        var tape = x.tape();
        var y = tape.tensor(x.rows(), width * x.columns()); // [T, k · H]
        var tiles = Tiles.of(x.rows());
        tiles.rows(tape.parallel("window", x.value(), y.value()),
                (from, to) -> WindowKernel.gather(x.value(), rows, y.value(), from, to));
        tape.record(y, () -> {
            var dx = x.receive();
            tiles.rows(tape.parallel("window, backward", y.gradient(), dx.matrix()),
                    (from, to) -> WindowKernel.gatherBack(y.gradient(),
                            seenBy, dx.matrix(), dx.accumulate(), from, to));
        });
        return y;
    }
}
