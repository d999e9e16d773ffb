package nmt4j.nn;

import java.util.ArrayList;
import java.util.List;
import nmt4j.tensor.Parameters.Scope;
import nmt4j.tensor.ResidualStream;
import nmt4j.tensor.Tensor;

/// The residual connections of a stack of layers, whose parts are normalised before, x + dropout(f(norm(x))), or after,
/// norm(x + dropout(f(x))) (Xiong et al. 2020, figure 1). Either way a norm follows each sum: before a part it is that of the next
/// part, and behind the last one the stack's own.
public final class ResidualStack {
    private final boolean normalizedBefore;
    private final int size;
    private final float dropout;
    private final List<LayerNorm> norms = new ArrayList<>(); // all of them once the stack has been put together

    /// @param size     H
    /// @param dropout  probability of dropping a number of what a part adds
    public ResidualStack(boolean normalizedBefore, int size, float dropout) {
        this.normalizedBefore = normalizedBefore;
        this.size = size;
        this.dropout = dropout;
    }

    /// The connection around the next part.
    ///
    /// @param norm  of that part
    public Residual add(Scope norm) {
        norms.add(LayerNorm.of(norm, size));
        return new Residual(this, norms.size() - 1);
    }

    /// Ends a stack whose parts are normalised before.
    ///
    /// @param norm  of the whole stack
    public void end(Scope norm) {
        if (normalizedBefore) norms.add(LayerNorm.of(norm, size));
    }

    boolean isNormalizedBefore() {
        return normalizedBefore;
    }

    float dropout() {
        return dropout;
    }

    LayerNorm normBehind(int part) {
        return norms.get(normalizedBefore ? part + 1 : part);
    }

    /// What the first part reads.
    ///
    /// @param x  [T, H]
    public ResidualStream begin(Tensor x) {
        return new ResidualStream(x, normalizedBefore ? norms.getFirst().apply(x) : x);
    }
}
