/// Differentiable operations over packed sentences: `Tensor`, `Parameter`, `Tape`, and some 25 operations, each with its
/// backward right below its forward.
///
/// Dimensions, here and everywhere: B batch, S source length, T target length (or the tokens of a packed batch), H model
/// size, N heads, D head size, F feed-forward size, V vocabulary, K beam.
package nmt4j.tensor;
