/// The ground floor: memory, matrix products, threads and fused kernels. The only room that touches ND4J, oneDNN, the Vector
/// API and threads. Functions over native memory; nothing here knows what a model is.
///
/// All is row-major and addressed by `long`s, and float32 unless a name says otherwise. A kernel works on a range of rows;
/// `Parallel` cuts the rows.
/// Kernels use only operations whose bits do not change when the JIT compiles them: lane-wise + − × ÷ √ fma min max,
/// comparisons, blends and integer operations; lanes are summed half to half (`Vectors.sum`), and exp, log, tanh and the
/// logistic function are polynomials of our own (`Functions`).
///
/// A vector is an object wherever the JIT does not see it from the operation that makes it to the one that takes it. So loops
/// go over whole vectors, and what is left of a row follows them (a method `…At` does either, one vector at a time); what goes
/// round in a loop is an argument of operations, not what they are called on (`Vectors.exact`); and the launcher says what is
/// inlined and what is compiled by itself. `KB allocated` of `nmt bench --profile` shows what was missed.
package nmt4j.kernel;
