package nmt4j.tensor;

import nmt4j.kernel.Gemm;
import nmt4j.kernel.Int8Matrix;

/// The numbers that weights are made of, once training is over.
public enum Precision {
    FLOAT32,
    /// Matrices rounded to bfloat16; what is computed with them stays in float32.
    BFLOAT16,
    /// Matrices in whole numbers from −127 to 127 with a scale for each column, or row where rows are looked up; vectors in
    /// float32. What they are multiplied by is quantised too, row by row.
    INT8;

    /// Loads what a first product of rows with such matrices would wait for.
    public void loadProducts() {
        switch (this) {
            case FLOAT32, BFLOAT16 -> Gemm.load();
            case INT8 -> Int8Matrix.loadProducts();
        }
    }
}
