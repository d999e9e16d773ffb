package nmt4j.model;

import static nmt4j.tensor.Convolution.ROOT_HALF;

import java.util.function.UnaryOperator;
import nmt4j.nn.GatedConvolution;
import nmt4j.nn.MultiStepAttention;
import nmt4j.tensor.Convolution;
import nmt4j.tensor.SourceAttention;
import nmt4j.tensor.Tape;
import nmt4j.tensor.Tensor;
import nmt4j.tensor.TimeSteps;

/// One decoder layer (Gehring et al. 2017, figure 1): a causal convolution, attention added to it, and a residual
/// connection around both.
record ConvolutionalDecoderLayer(GatedConvolution convolution, MultiStepAttention attention) {
    /// @param x        [T, H]
    /// @param windows  shows each row itself and the k − 1 before it [T, k · H]
    /// @param words    embeddings of the target words [T, E]
    /// @return         [T, H]
    Tensor apply(Tensor x, UnaryOperator<Tensor> windows, Tensor words, TimeSteps steps, SourceAttention source) {
        var h = convolution.apply(x, windows);                                                        // [T, H]
        var attended = Convolution.scaledSum(h, attention.apply(h, words, steps, source), ROOT_HALF); // [T, H]
        return Convolution.scaledSum(attended, x, ROOT_HALF);                                         // [T, H]
    }

    /// For many small inputs, see `Affine.made`.
    ConvolutionalDecoderLayer made(Tape keep) {
        return new ConvolutionalDecoderLayer(convolution.made(keep), attention.made(keep));
    }
}
