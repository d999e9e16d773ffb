/// Which words translate which: learnt from pairs of sentences by alignment alone, without a network.
///
/// [nmt4j.lexicon.IbmModel1] says how likely each target subword is as the translation of a source subword; a
/// [nmt4j.lexicon.Shortlist] keeps the likeliest, so that a decoder need not look at its whole vocabulary.
package nmt4j.lexicon;
