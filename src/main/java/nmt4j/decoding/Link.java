package nmt4j.decoding;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// A source word and a target word that belong together; words are what white space separates, counted from 0.
///
/// @param weight  of a soft alignment, in (0, 1]; 1 in others
public record Link(int source, int target, double weight) {
    Link(int source, int target) {
        this(source, target, 1);
    }

    Link shifted(int sourceWords, int targetWords) {
        return new Link(source + sourceWords, target + targetWords, weight);
    }

    /// `i-j`, or `i-j:weight`.
    @Override
    public String toString() {
        return weight == 1 ? source + "-" + target : String.format(Locale.ROOT, "%d-%d:%.4f", source, target, weight);
    }

    /// As Pharaoh's format has them: separated by blanks.
    public static String join(List<Link> links) {
        return links.stream().map(Link::toString).collect(Collectors.joining(" "));
    }
}
