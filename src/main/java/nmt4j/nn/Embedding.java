package nmt4j.nn;

import nmt4j.tensor.Embeddings;
import nmt4j.tensor.Initializer;
import nmt4j.tensor.Parameter;
import nmt4j.tensor.Parameters.Scope;
import nmt4j.tensor.Tape;
import nmt4j.tensor.Tensor;

/// A vector for each word of a vocabulary.
///
/// @param table  [V, H]
/// @param scale  factor of what is looked up
public record Embedding(Parameter table, float scale) {
    /// Normal with deviation 1 / (2 √H), multiplied by √H when looked up (Vaswani et al. 2017, section 3.4). Half of what is
    /// usual: where the table is the output layer too, the first loss is then that of a guess, ln V.
    public static Embedding scaled(Scope scope, int vocabulary, int size) {
        return new Embedding(scope.table("embedding", vocabulary, size, Initializer.normal(0.5 / Math.sqrt(size))),
                (float) Math.sqrt(size));
    }

    /// Normal with deviation 1 / √H, looked up as it is.
    public static Embedding plain(Scope scope, int vocabulary, int size) {
        return new Embedding(scope.table("embedding", vocabulary, size, Initializer.normal(Math.sqrt(1.0 / size))), 1);
    }

    /// @param ids  T of them
    /// @return     [T, H]
    public Tensor apply(Tape tape, int[] ids) {
        return Embeddings.lookup(tape, table, ids, scale);
    }
}
