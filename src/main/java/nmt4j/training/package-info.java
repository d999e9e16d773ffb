/// A training run: updates, validations, and a folder from which it can go on after any interruption, bit for bit.
///
/// The truth of a run is its newest training state, one file; the models, the metrics and the log beside it follow from it.
package nmt4j.training;
