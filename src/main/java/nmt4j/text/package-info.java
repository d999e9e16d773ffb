/// Lines and what becomes of them: reading UTF-8 lines, cutting them into subwords, numbering the subwords.
///
/// The way of a line in: [nmt4j.text.LineReader] (bytes to lines) → [nmt4j.text.Tokenizer] (a line to subwords) →
/// [nmt4j.text.Vocabulary] (subwords to ids); [nmt4j.text.TextCodec] is the last two together, in both directions.
/// Learning reads lines as a stream, into bounded tables: [nmt4j.text.TokenCounts], [nmt4j.text.BpeLearner].
package nmt4j.text;
