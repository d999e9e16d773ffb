package nmt4j.data;

import java.nio.file.Path;
import java.util.List;
import nmt4j.config.CorpusConfig;
import nmt4j.text.TextCodec;

/// A validation or test corpus, whole and in the order of its files: nothing is left out, so that BLEU is that of the file.
///
/// @param sources, references  the lines as they stand in the files
/// @param sourceIds, targetIds their subwords, without `<s>` and `</s>`
public record ValidationSet(List<String> sources, List<String> references, List<int[]> sourceIds, List<int[]> targetIds) {

    /// @throws nmt4j.Failure if the line counts differ, a file has no lines, or text is not UTF-8
    public static ValidationSet read(CorpusConfig files, TextCodec source, TextCodec target) {
        throw new UnsupportedOperationException();
    }

    /// The number of sentence pairs.
    public int size() {
        return sources.size();
    }

    /// All pairs in batches of at most `tokens` tokens of the longer side, longest first; a pair that is longer than that is alone.
    public List<Batch> batches(int tokens) {
        throw new UnsupportedOperationException();
    }
}
