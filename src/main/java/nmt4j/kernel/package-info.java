/// The ground floor: memory, matrix products, threads and fused kernels. The only room that touches ND4J, the Vector API
/// and threads. Functions over native memory; nothing here knows what a model is.
///
/// Everything is float32, row-major and addressed by `long`s. A kernel works on a range of rows; `Parallel` cuts the rows.
/// Kernels use only operations whose bits do not change when the JIT compiles them: lane-wise + − × ÷ √ fma min max,
/// comparisons, blends and integer operations; lanes are summed in lane order (`Vectors.sum`), and exp, log, tanh and the
/// logistic function are polynomials of our own (`Functions`).
package nmt4j.kernel;
