package nmt4j.tensor;

import nmt4j.kernel.Matrix;

/// What a product multiplies by: a parameter, or a matrix that is computed from parameters.
public sealed interface Weight permits Parameter, Tensor {
    Matrix value();

    int rows();

    int columns();

    /// Where an operation leaves its part of the gradient.
    Gradient receive();
}
