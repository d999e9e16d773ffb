package nmt4j.decoding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nmt4j.decoding.SubwordAttention.Moment;
import nmt4j.text.TextCodec;
import nmt4j.text.Vocabulary;

/// What is made of the attention that translations come with, see [Search#withAttention].
///
/// @param linking  how words are linked, if they shall be
/// @param moment   which step's attention counts
/// @param unknown  what an unknown word is written as
public record Alignments(Optional<Linking> linking, Moment moment, Unknown unknown) {
    public enum Unknown {
        /// `<unk>`.
        KEPT,
        /// The source word that it looks at most (Luong et al. 2015, section 3.3).
        REPLACED
    }

    public static final Alignments NONE = new Alignments(Optional.empty(), Moment.PREDICTING, Unknown.KEPT);

    /// Whether searches need to bring attention.
    public boolean isNeeded() {
        return linking.isPresent() || unknown == Unknown.REPLACED;
    }

    SubwordAttention attention(Hypothesis hypothesis, List<String> target, TextCodec targetCodec, int[] sourceWords) {
        return SubwordAttention.of(hypothesis.remarks().attention().orElseThrow().mean(), moment, sourceWords,
                targetCodec.words(target));
    }

    /// The subwords as they are written: with source words in place of unknown ones, if they shall be replaced.
    ///
    /// @param source  the words of the source
    List<String> written(Hypothesis hypothesis, List<String> target, SubwordAttention attention, List<String> source) {
        var replaced = new ArrayList<>(target);
        if (unknown == Unknown.KEPT) return replaced;
        for (int t = 0; t < replaced.size(); t++)
            if (hypothesis.tokens()[t] == Vocabulary.UNKNOWN && !source.isEmpty())
                replaced.set(t, source.get(attention.sourceWords()[attention.highestOfText(t)]));
        return replaced;
    }
}
