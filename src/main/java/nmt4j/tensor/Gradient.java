package nmt4j.tensor;

import nmt4j.kernel.Matrix;

/// Where a backward function leaves a gradient.
///
/// @param matrix      the memory
/// @param accumulate  whether it holds an earlier part, to be added to; if not, it is to be overwritten
public record Gradient(Matrix matrix, boolean accumulate) {}
