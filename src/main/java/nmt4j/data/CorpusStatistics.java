package nmt4j.data;

/// What was found in reading a corpus.
///
/// @param read             pairs of lines in the files
/// @param kept             pairs that are trained on
/// @param empty            pairs left out because a side has no subword
/// @param tooLong          pairs left out because a side has more than `data.maxLength` subwords
/// @param carriageReturns  lines, of both sides, that ended in CR LF
/// @param source, target   subwords of the kept pairs
public record CorpusStatistics(long read, long kept, long empty, long tooLong, long carriageReturns,
        Side source, Side target) {

    /// The kept sentences of one side.
    ///
    /// @param tokens   subwords, without `<s>` and `</s>`
    /// @param unknown  those of them that are not in the vocabulary
    /// @param longest  subwords of the longest sentence
    public record Side(long tokens, long unknown, int longest) {
        /// The share of subwords that are not in the vocabulary, from 0 to 1.
        public double unknownRate() {
            return tokens == 0 ? 0 : unknown / (double) tokens;
        }
    }
}
