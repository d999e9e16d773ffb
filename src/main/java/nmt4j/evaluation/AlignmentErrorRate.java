package nmt4j.evaluation;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import nmt4j.Failure;
import nmt4j.text.Whitespace;

/// How far word alignments are from gold links, sure ones S and possible ones P ⊇ S (Och & Ney 2003, section 5.1):
/// AER = 1 − (|A ∩ S| + |A ∩ P|) / (|A| + |S|), precision |A ∩ P| / |A|, recall |A ∩ S| / |S|.
///
/// @param links       |A|
/// @param sure        |S|
/// @param inSure      |A ∩ S|
/// @param inPossible  |A ∩ P|
public record AlignmentErrorRate(long links, long sure, long inSure, long inPossible) {
    private static final Pattern LINK = Pattern.compile("(\\d{1,9})([-?p])(\\d{1,9})");

    /// @param alignments  a line of `i-j` for each sentence, from 0
    /// @param gold        the same; `i?j` or `ipj` is only possible
    /// @throws Failure    if a line is none, or there are more lines of one than of the other
    public static AlignmentErrorRate of(List<String> alignments, List<String> gold) {
        if (alignments.size() != gold.size()) throw Failure.mistake("alignments: " + alignments.size()
                + " lines, but the gold ones have " + gold.size());
        var sum = new AlignmentErrorRate(0, 0, 0, 0);
        for (int line = 0; line < gold.size(); line++) {
            var found = links(alignments.get(line), "-?p", "alignments: line " + (line + 1));
            var sure = links(gold.get(line), "-", "gold links: line " + (line + 1));
            var possible = links(gold.get(line), "-?p", "gold links: line " + (line + 1));
            sum = new AlignmentErrorRate(sum.links + found.size(), sum.sure + sure.size(),
                    sum.inSure + common(found, sure), sum.inPossible + common(found, possible));
        }
        return sum;
    }

    private static Set<String> links(String line, String kinds, String place) {
        var links = new HashSet<String>();
        for (var text : Whitespace.split(line)) {
            var link = LINK.matcher(text);
            if (!link.matches())
                throw Failure.mistake(place + ": '" + text + "', expected i-j, or i?j if only possible");
            if (kinds.contains(link.group(2))) links.add(link.group(1) + "-" + link.group(3));
        }
        return links;
    }

    private static long common(Set<String> one, Set<String> other) {
        return one.stream().filter(other::contains).count();
    }

    public double rate() {
        return links + sure == 0 ? 0 : 1 - (inSure + inPossible) / (double) (links + sure);
    }

    public double precision() {
        return links == 0 ? 0 : inPossible / (double) links;
    }

    public double recall() {
        return sure == 0 ? 0 : inSure / (double) sure;
    }
}
