package nmt4j.decoding;

import java.util.List;
import nmt4j.config.DecodingConfig;

/// A way to find translations.
///
/// Law: what is found for a sentence, bit for bit, does not depend on the sentences beside it.
public interface Search {
    /// @param sentences  at least one
    /// @return           for each sentence its translations, the one to choose first; at least one each
    List<List<Hypothesis>> search(Predictor predictor, List<Sentence> sentences);

    /// Beam search as the config says.
    ///
    /// @param best     how many translations of a sentence are wanted; the beam is at least as wide
    /// @param minimum  the fewest subwords of a translation
    static Search beam(DecodingConfig config, int best, int minimum) {
        return new BeamSearch(Math.max(config.beamSize(), best), best, LengthPenalty.of(config.lengthPenalty()),
                Lengths.of(config.maxLength(), minimum), List.of(Rule.TEXT_ONLY, Rule.minimumLength(minimum)));
    }

    /// No search: translations that requests give are scored, see [Request#forced].
    static Search forced(DecodingConfig config) {
        return new ForcedDecoding(LengthPenalty.of(config.lengthPenalty()));
    }

    /// Sampling from a model, or from what is left of its distribution.
    ///
    /// @param samples  of each sentence
    /// @param minimum  the fewest subwords of a translation
    static Search sampling(DecodingConfig config, int samples, int minimum, TokenDistribution distribution, long seed) {
        return new Sampling(samples, distribution, seed, LengthPenalty.of(config.lengthPenalty()),
                Lengths.of(config.maxLength(), minimum), List.of(Rule.TEXT_ONLY, Rule.minimumLength(minimum)));
    }
}
