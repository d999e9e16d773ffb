/// The sanity ladder: what any model must do before it is worth training.
package nmt4j.diagnostics.sanity;
