package nmt4j.kernel;

/// What a product reads: numbers in float32, or rounded to bfloat16 already.
public sealed interface Factor permits Matrix, Bfloat16Matrix {
    int rows();

    int columns();

    /// Rows `from` (inclusive) to `to` (exclusive).
    Factor rows(int from, int to);

    /// Columns `from` (inclusive) to `to` (exclusive).
    Factor columns(int from, int to);
}
