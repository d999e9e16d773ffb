package nmt4j.nn;

import nmt4j.kernel.Activation;
import nmt4j.tensor.Convolution;
import nmt4j.tensor.Initializer;
import nmt4j.tensor.Operations;
import nmt4j.tensor.Parameter;
import nmt4j.tensor.Parameters.Scope;
import nmt4j.tensor.Tape;
import nmt4j.tensor.Tensor;
import nmt4j.tensor.Weight;

/// y = x W + b, with or without a gated linear unit behind it, where W may have to be made first.
public sealed interface Affine {
    /// y = x W + b.
    ///
    /// @param x  [T, H]
    /// @return   [T, F]
    Tensor apply(Tensor x);

    /// y = a ⊗ σ(b) of the two halves of x W + b (Dauphin et al. 2017).
    ///
    /// @param x  [T, H]
    /// @return   [T, F], half of the columns of W
    Tensor gated(Tensor x);

    /// The same with W made once and for all, for many small inputs.
    ///
    /// @param keep  where W lives
    Affine made(Tape keep);

    /// Weight normalisation (Salimans & Kingma 2016, eq. 2): each column of W is w = g v / ‖v‖, of length g in the
    /// direction of v. W is made for each input.
    ///
    /// @param direction  v [H, F]
    /// @param length     g [1, F]
    /// @param bias       b [1, F]
    record WeightNorm(Parameter direction, Parameter length, Parameter bias) implements Affine {
        /// The directions are normal, the bias 0. With inputs of variance 1, outputs have variance `length`², as with
        /// elements of deviation `length` / √inputs (Gehring et al. 2017, section 3.5); √4 in front of a gated linear
        /// unit, and times √p where inputs are kept with probability p.
        public static WeightNorm of(Scope scope, int inputs, int outputs, double length) {
            return new WeightNorm(
                    scope.add("direction", inputs, outputs, Initializer.normal(length / Math.sqrt(inputs))),
                    scope.add("length", outputs, Initializer.constant(length)),
                    scope.add("bias", outputs, Initializer.ZERO));
        }

        @Override
        public Tensor apply(Tensor x) {
            return made(x.tape()).apply(x);
        }

        @Override
        public Tensor gated(Tensor x) {
            return made(x.tape()).gated(x);
        }

        @Override
        public Affine made(Tape keep) {
            return new Made(Convolution.weightNorm(keep, direction, length), bias);
        }
    }

    /// W as it is.
    record Made(Weight weight, Parameter bias) implements Affine {
        @Override
        public Tensor apply(Tensor x) {
            return Operations.linear(x, weight, bias, Activation.NONE);
        }

        @Override
        public Tensor gated(Tensor x) {
            return Convolution.gated(x, weight, bias);
        }

        @Override
        public Affine made(Tape keep) {
            return this;
        }
    }
}
