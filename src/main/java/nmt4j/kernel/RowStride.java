package nmt4j.kernel;

/// Elements from one row of a matrix to the next.
///
/// Where rows would lie a quarter page or a multiple of that apart, and fall on the same places of the first cache, a little room
/// between them lets products run faster: on two Zen 3 cores 264 × 256 × 1024 takes half the time so, 264 × 256 × 768 a tenth less,
/// xᵀ y of 2,048 × 256 × 256 a fifth; on two of a Xeon of model 85 (AVX-512) the first 0.73 of the time, the second the same, xᵀ y
/// of 2,048 × 1024 × 256 0.72.
public enum RowStride {
    /// Of a weight that is trained. None has room where ND4J multiplies with AVX-512: it leaves such matrices to OpenBLAS, which is
    /// slower there.
    TRAINED_WEIGHT {
        @Override
        public int of(int columns) {
            return Gemm.hasAvx512() && !Gemm.isByOneDnn() ? columns : roomy(columns);
        }
    },
    /// Of what weights multiply in training, and of products: as of a weight where oneDNN 3 multiplies, which reads matrices where
    /// they lie. Where ND4J does, a matrix with room between its rows is OpenBLAS's, and no faster.
    ACTIVATION {
        @Override
        public int of(int columns) {
            return Gemm.isByOneDnn() ? TRAINED_WEIGHT.of(columns) : columns;
        }
    },
    /// Of a transpose that was written out: zeros lie behind the last column, to the end of a vector.
    TRANSPOSE {
        @Override
        public int of(int columns) {
            return ACTIVATION.of(Vectors.roundUp(columns));
        }
    },
    /// Of a weight to decode with, whose gaps may be multiplied too, see `Gemm.productOfRows`. With AVX-512 240 × 256 × 1024 takes
    /// 10 % less with room, but with 768 or 256 columns up to 6 % more, and with 512 the same.
    DECODED_WEIGHT {
        @Override
        public int of(int columns) {
            return Gemm.hasAvx512() && columns % 1024 != 0 ? columns : roomy(columns);
        }
    };

    private static final int NEAR = 256;
    private static final int ROOM = 16;

    public abstract int of(int columns);

    /// With room where rows would fall on the same places.
    public static int roomy(int columns) {
        return columns % NEAR == 0 ? columns + ROOM : columns;
    }

    /// The most that so many elements take, however they are divided into rows.
    static long most(long elements) {
        return elements + elements / NEAR * ROOM;
    }
}
