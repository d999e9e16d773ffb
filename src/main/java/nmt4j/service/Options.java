package nmt4j.service;

import java.util.Map;

/// What a request may ask of the search; what it does not is as the server was started.
///
/// @param search     options of `nmt translate` by their names in a request, such as `beam` and `lengthPenalty`, as text
/// @param nBest      translations wanted of each text
/// @param attention  whether each comes with where the model looked
public record Options(Map<String, String> search, int nBest, Attention attention) {
    /// Where the model looked in the words of the source as it wrote each word.
    public enum Attention {
        NONE,
        /// As numbers.
        WEIGHTS,
        /// As a picture.
        SVG
    }

    public static final Options NONE = new Options(Map.of(), 1, Attention.NONE);
}
