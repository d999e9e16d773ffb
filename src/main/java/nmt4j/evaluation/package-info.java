/// Scores of translations against references: BLEU, chrF and TER, equal to sacreBLEU 2.6.0 to the last printed digit,
/// with confidence intervals and paired significance tests. Plain strings in, records out; nothing here knows models.
///
/// White space, letter case and character categories are those of Unicode as the JDK knows it; sacreBLEU's are those of
/// the Python and the `regex` module it runs on. They differ only in characters that one of the two does not know yet.
package nmt4j.evaluation;
