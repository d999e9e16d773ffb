/// Search: from a source sentence and a model's next-token probabilities to translations; and the way of text through it.
///
/// [nmt4j.decoding.Translator] takes lines and lets a [nmt4j.decoding.Search] run over batches of them, whole batches side
/// by side on the cores; a beam search takes in new sentences where others are done. A search sees the model only as a [nmt4j.decoding.Predictor], so that one search
/// serves all families and ensembles of them, and a sentence's translation never depends on its neighbours.
///
/// Scores and lengths count `</s>`. Letters as everywhere: V vocabulary, K beam, S source length.
package nmt4j.decoding;
