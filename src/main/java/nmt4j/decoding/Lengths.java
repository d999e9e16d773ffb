package nmt4j.decoding;

import nmt4j.config.DecodingConfig.MaxLength;

/// How long translations may be, in tokens; `</s>` comes on top.
///
/// @param minimum  the fewest tokens
/// @param factor   the most are factor · S + extra
record Lengths(int minimum, double factor, int extra) {
    static Lengths of(MaxLength config, int minimum) {
        return new Lengths(minimum, config.factor(), config.extra());
    }

    /// The most tokens of a translation.
    ///
    /// @param source  S, without `</s>`
    int maximum(int source) {
        return Math.max(minimum, (int) Math.min(factor * source + extra, Integer.MAX_VALUE / 2));
    }
}
