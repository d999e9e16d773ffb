package nmt4j.tensor;

import nmt4j.kernel.Matrix;

/// Some rows and columns of a weight, so that the weights of several products can be one parameter.
public record Block(Parameter weight, int fromRow, int toRow, int fromColumn, int toColumn) {
    public static Block of(Parameter weight) {
        return new Block(weight, 0, weight.rows(), 0, weight.columns());
    }

    /// Of all columns, rows `from` to `to`.
    public static Block rows(Parameter weight, int from, int to) {
        return new Block(weight, from, to, 0, weight.columns());
    }

    /// Of all rows, columns `from` to `to`.
    public static Block columns(Parameter weight, int from, int to) {
        return new Block(weight, 0, weight.rows(), from, to);
    }

    int rows() {
        return toRow - fromRow;
    }

    int columns() {
        return toColumn - fromColumn;
    }

    /// This part of a matrix that is shaped as the weight.
    Matrix of(Matrix whole) {
        return whole.rows(fromRow, toRow).columns(fromColumn, toColumn);
    }
}
