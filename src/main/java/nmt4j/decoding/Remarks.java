package nmt4j.decoding;

import java.util.Optional;

/// What a search says of a translation besides its score.
///
/// @param certificate  of an exact search
/// @param utility      the expected one, of minimum Bayes risk
/// @param attention    with which it was written
public record Remarks(Optional<Certificate> certificate, Optional<Double> utility,
        Optional<DecoderAttention> attention) {
    static final Remarks NONE = new Remarks(Optional.empty(), Optional.empty(), Optional.empty());

    Remarks with(Certificate other) {
        return new Remarks(Optional.of(other), utility, attention);
    }

    Remarks withUtility(double other) {
        return new Remarks(certificate, Optional.of(other), attention);
    }

    Remarks withAttention(DecoderAttention other) {
        return new Remarks(certificate, utility, Optional.of(other));
    }
}
