package nmt4j.report;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nmt4j.text.Whitespace;

/// Which n-grams translations have less often than their references, and which more often. Line by
/// line: what one line has too much makes up for nothing that another lacks.
record NgramBalance(List<Entry> lost, List<Entry> gained) {
    record Entry(String ngram, int count) {}

    /// @param from, to  words of an n-gram
    /// @param shown     how many of each kind
    static NgramBalance of(List<String> translations, List<String> references, int from, int to, int shown) {
        var lost = new HashMap<String, Integer>();
        var gained = new HashMap<String, Integer>();
        for (int i = 0; i < translations.size(); i++) {
            var difference = new HashMap<String, Integer>();
            for (int n = from; n <= to; n++) {
                count(n, translations.get(i), difference, 1);
                count(n, references.get(i), difference, -1);
            }
            difference.forEach((ngram, more) -> {
                if (more > 0) gained.merge(ngram, more, Integer::sum);
                if (more < 0) lost.merge(ngram, -more, Integer::sum);
            });
        }
        return new NgramBalance(most(lost, shown), most(gained, shown));
    }

    private static void count(int n, String line, Map<String, Integer> counts, int by) {
        var words = Whitespace.split(line);
        for (int i = 0; i + n <= words.size(); i++)
            counts.merge(String.join(" ", words.subList(i, i + n)), by, Integer::sum);
    }

    private static List<Entry> most(Map<String, Integer> counts, int shown) {
        return counts.entrySet().stream().map(e -> new Entry(e.getKey(), e.getValue()))
                .sorted(Comparator.comparingInt(Entry::count).reversed().thenComparing(Entry::ngram)).limit(shown)
                .toList();
    }
}
