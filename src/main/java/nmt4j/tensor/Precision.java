package nmt4j.tensor;

/// The numbers that weights are made of, once training is over.
public enum Precision {
    FLOAT32,
    /// Matrices rounded to bfloat16; what is computed with them stays in float32.
    BFLOAT16,
    /// Matrices in whole numbers from −127 to 127 with a scale for each column, or row where rows are looked up; vectors in
    /// float32. What they are multiplied by is quantised too, row by row.
    INT8
}
