/// What may be wrong with a parallel corpus, found in two passes over files of any size.
package nmt4j.diagnostics.corpus;
