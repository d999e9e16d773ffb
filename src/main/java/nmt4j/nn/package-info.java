/// Layers by their paper names: parameters, and how operations are put together. A layer declares its parameters in a
/// `Parameters.Scope` when it is made.
package nmt4j.nn;
