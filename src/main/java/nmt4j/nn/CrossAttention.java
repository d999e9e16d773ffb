package nmt4j.nn;

import nmt4j.kernel.Activation;
import nmt4j.tensor.Attention;
import nmt4j.tensor.Parameters.Scope;
import nmt4j.tensor.ResidualEnd;
import nmt4j.tensor.ResidualStream;
import nmt4j.tensor.Sentences;
import nmt4j.tensor.Tensor;

/// Multi-head attention from one sequence to another, the decoder's to the encoder's output.
///
/// @param query     [H, H]
/// @param keyValue  [H, 2H]: keys, values
/// @param output    [H, H]
/// @param dropout   probability of dropping a weight
public record CrossAttention(Linear query, Linear keyValue, Linear output, int heads, float dropout) {
    public static CrossAttention of(Scope scope, int size, int heads, float dropout) {
        return new CrossAttention(Linear.of(scope.in("query"), size, size),
                Linear.side(scope.in("keyValue"), size, size, 2, Activation.NONE),
                Linear.of(scope.in("output"), size, size),
                heads, dropout);
    }

    /// @param x       [T, H], packed as `target`
    /// @param memory  [S, H], packed as `source`
    public ResidualStream apply(Tensor x, Sentences target, Tensor memory, Sentences source, ResidualEnd end) {
        var q = query.apply(x);                           // [T, H]
        var kv = keyValue.apply(memory);                  // [S, 2H]
        var pattern = new Attention.Pattern(target, source, heads, false, dropout);
        return output.apply(Attention.cross(q, kv, pattern), end);
    }
}
