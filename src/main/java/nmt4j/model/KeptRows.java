package nmt4j.model;

import java.util.Arrays;
import java.util.Optional;
import nmt4j.kernel.Matrix;
import nmt4j.tensor.Tape;
import nmt4j.tensor.Tensor;

/// What a decoder state keeps for each row from step to step. Rows stand on the Java heap, one by one: to select some is to
/// share them, and what no translation needs any more is garbage.
///
/// @param columns   of each row; 0 if there is nothing to keep
/// @param elements  row by row, never written again
record KeptRows(int columns, float[][] elements) {
    static KeptRows zeros(int rows, int columns) {
        var elements = new float[rows][];
        Arrays.fill(elements, new float[columns]);
        return new KeptRows(columns, elements);
    }

    static KeptRows of(Matrix x) {
        return new KeptRows(x.columns(), x.toRows());
    }

    KeptRows select(int[] rows) {
        var selected = new float[rows.length][];
        for (int i = 0; i < rows.length; i++) selected[i] = elements[rows[i]];
        return new KeptRows(columns, selected);
    }

    /// These rows, and others below them.
    KeptRows join(KeptRows below) {
        var joined = Arrays.copyOf(elements, elements.length + below.elements.length);
        System.arraycopy(below.elements, 0, joined, elements.length, below.elements.length);
        return new KeptRows(columns, joined);
    }

    /// A copy on a tape; empty if there is nothing to keep.
    Optional<Tensor> on(Tape tape) {
        if (columns == 0) return Optional.empty();
        var tensor = tape.tensor(elements.length, columns);
        tensor.value().copyFrom(elements);
        return Optional.of(tensor);
    }
}
