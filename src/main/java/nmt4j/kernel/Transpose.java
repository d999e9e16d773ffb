package nmt4j.kernel;

/// Which factor of a product is read as its transpose.
enum Transpose {
    /// z = x y of x [m, k] and y [k, n].
    NONE,
    /// z = xᵀ y of x [k, m].
    LEFT,
    /// z = x yᵀ of y [n, k].
    RIGHT;

    /// How many products an element is the sum of.
    int k(Factor x) {
        return this == LEFT ? x.rows() : x.columns();
    }

    /// Refuses matrices that do not fit each other.
    void require(Factor x, Factor y, Factor z) {
        int m = this == LEFT ? x.columns() : x.rows();
        int n = this == RIGHT ? y.rows() : y.columns();
        int kOfY = this == RIGHT ? y.columns() : y.rows();
        if (m != z.rows() || n != z.columns() || k(x) != kOfY)
            throw new IllegalArgumentException("product of " + x + " and " + y + " into " + z + ", transposed: " + this);
    }
}
