package nmt4j.model;

import nmt4j.tensor.CrossEntropy;
import nmt4j.tensor.Initializer;
import nmt4j.tensor.Parameter;
import nmt4j.tensor.Parameters.Scope;
import nmt4j.tensor.Projection;
import nmt4j.tensor.Tape;

/// logits = h Wᵀ + b over the target vocabulary; W may be the target embedding (Press & Wolf 2017).
///
/// @param layer  W [V, H] and b [1, V]
public record OutputLayer(CrossEntropy.Output layer) {
    /// With a matrix of its own.
    public static OutputLayer of(Scope scope, int vocabulary, int size) {
        return tied(scope, scope.table("weight", vocabulary, size, Initializer.xavier(size, vocabulary)));
    }

    /// With the matrix of an embedding.
    public static OutputLayer tied(Scope scope, Parameter table) {
        return new OutputLayer(new CrossEntropy.Output(table, scope.add("bias", table.rows(), Initializer.ZERO)));
    }

    /// The layer as it is now, laid out for decoding.
    ///
    /// @param tape  where it lives
    public Projection projection(Tape tape) {
        return Projection.of(tape, layer);
    }
}
