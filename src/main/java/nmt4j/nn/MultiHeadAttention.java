package nmt4j.nn;

import nmt4j.kernel.Activation;
import nmt4j.tensor.Attention;
import nmt4j.tensor.Parameters.Scope;
import nmt4j.tensor.ResidualEnd;
import nmt4j.tensor.ResidualStream;
import nmt4j.tensor.Sentences;
import nmt4j.tensor.Tensor;

/// Multi-head attention of a sequence to itself (Vaswani et al. 2017, section 3.2.2). The projections of all heads, and of
/// queries, keys and values, lie side by side in one product.
///
/// @param projection  [H, 3H]: queries, keys, values
/// @param output      [H, H]
/// @param dropout     probability of dropping a weight
public record MultiHeadAttention(Linear projection, Linear output, int heads, float dropout) {
    public static MultiHeadAttention of(Scope scope, int size, int heads, float dropout) {
        return new MultiHeadAttention(Linear.side(scope.in("queryKeyValue"), size, size, 3, Activation.NONE),
                Linear.of(scope.in("output"), size, size), heads, dropout);
    }

    /// Each token attends to its whole sentence.
    ///
    /// @param x  [T, H]
    public ResidualStream apply(Tensor x, Sentences sentences, ResidualEnd end) {
        return attend(x, new Attention.Pattern(sentences, sentences, heads, false, dropout), end);
    }

    /// Each token attends to itself and those before it.
    public ResidualStream applyCausal(Tensor x, Sentences sentences, ResidualEnd end) {
        return attend(x, new Attention.Pattern(sentences, sentences, heads, true, dropout), end);
    }

    private ResidualStream attend(Tensor x, Attention.Pattern pattern, ResidualEnd end) {
        var qkv = projection.apply(x);                    // [T, 3H]
        var context = Attention.self(qkv, pattern);       // [T, H]
        return output.apply(context, end);
    }
}
