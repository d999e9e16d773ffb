package nmt4j.nn;

import static nmt4j.tensor.Convolution.ROOT_HALF;

import nmt4j.nn.Affine.WeightNorm;
import nmt4j.tensor.Convolution;
import nmt4j.tensor.Parameters.Scope;
import nmt4j.tensor.Rows;
import nmt4j.tensor.SourceAttention;
import nmt4j.tensor.StepLoop;
import nmt4j.tensor.Tape;
import nmt4j.tensor.Tensor;
import nmt4j.tensor.TimeSteps;

/// The attention of each decoder layer (Gehring et al. 2017, section 3.3): d = W h + b + g sums up what the layer knows
/// and the word that came last (eq. 1); its weights are softmax(d · z) over the encoder's outputs z (eq. 2); the
/// context is the sum of z + e, with e the source embeddings (eq. 3), times m √(1/m) for m source words (section 3.5).
/// As in the authors' code, sums of two are scaled by √½, and the context goes through a linear layer back to size H.
///
/// @param query   W and b, [H, E]
/// @param output  [E, H]
public record MultiStepAttention(Affine query, Affine output) {

    public static MultiStepAttention of(Scope scope, int size, int embeddingSize) {
        return new MultiStepAttention(WeightNorm.of(scope.in("query"), size, embeddingSize, 1),
                WeightNorm.of(scope.in("output"), embeddingSize, size, 1));
    }

    /// @param h       [T, H]
    /// @param words   g, the embeddings of the target words [T, E]
    /// @param source  z as keys, √½ (z + e) as values
    /// @return        [T, H]
    public Tensor apply(Tensor h, Tensor words, TimeSteps steps, SourceAttention source) {
        var d = Convolution.scaledSum(query.apply(h), words, ROOT_HALF); // [T, E]
        var context = StepLoop.attend(d, steps, source);                 // [T, E]
        return output.apply(Rows.scale(context, factors(steps, source))); // [T, H]
    }

    /// m √(1/m) for each row, m the length of its source sentence.
    private static float[] factors(TimeSteps steps, SourceAttention source) {
        var places = steps.placeOfRow();
        var factors = new float[places.length];
        for (int t = 0; t < factors.length; t++)
            factors[t] = (float) Math.sqrt(source.source().length(source.sentences()[places[t]]));
        return factors;
    }

    /// For many small inputs, see `Affine.made`.
    public MultiStepAttention made(Tape keep) {
        return new MultiStepAttention(query.made(keep), output.made(keep));
    }
}
