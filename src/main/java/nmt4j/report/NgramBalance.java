package nmt4j.report;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which n-grams, of one to three words, translations have less often than their references, and which more often. Line by
/// line: what one line has too much makes up for nothing that another lacks.
record NgramBalance(List<Entry> lost, List<Entry> gained) {
    private static final int ORDER = 3;

    record Entry(String ngram, int count) {}

    static NgramBalance of(List<String> translations, List<String> references, int shown) {
        var lost = new HashMap<String, Integer>();
        var gained = new HashMap<String, Integer>();
        for (int i = 0; i < translations.size(); i++) {
            var difference = new HashMap<String, Integer>();
            count(translations.get(i), difference, 1);
            count(references.get(i), difference, -1);
            difference.forEach((ngram, n) -> {
                if (n > 0) gained.merge(ngram, n, Integer::sum);
                if (n < 0) lost.merge(ngram, -n, Integer::sum);
            });
        }
        return new NgramBalance(most(lost, shown), most(gained, shown));
    }

    private static void count(String line, Map<String, Integer> counts, int by) {
        var words = Texts.words(line);
        for (int i = 0; i < words.size(); i++)
            for (int n = 1; n <= Math.min(ORDER, words.size() - i); n++)
                counts.merge(String.join(" ", words.subList(i, i + n)), by, Integer::sum);
    }

    private static List<Entry> most(Map<String, Integer> counts, int shown) {
        return counts.entrySet().stream().map(e -> new Entry(e.getKey(), e.getValue()))
                .sorted(Comparator.comparingInt(Entry::count).reversed().thenComparing(Entry::ngram)).limit(shown)
                .toList();
    }
}
