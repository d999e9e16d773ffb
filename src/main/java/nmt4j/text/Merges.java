package nmt4j.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The merges of a byte pair encoding, the first learnt first, and how they are applied to a word (Sennrich, Haddow &
/// Birch 2016, figure 1). Symbols are numbered; a symbol that no merge has is −1.
final class Merges {
    private static final int ABSENT = -1;
    private static final int MERGED_AWAY = -2;

    /// The two symbols of one merge.
    record Pair(String left, String right) {}

    private final List<String> lines;
    private final List<Pair> pairs = new ArrayList<>();
    private final Map<String, Integer> symbols = new HashMap<>();
    private final LongTable ranks = new LongTable();
    private final int[] products;                                   // rank → symbol
    private final Map<Integer, Integer> makers = new HashMap<>();   // symbol → the first rank that makes it

    /// @param lines  the merges, each `left right`
    /// @throws IllegalArgumentException for a line that is not two symbols with one space between them
    Merges(List<String> lines) {
        this.lines = List.copyOf(lines);
        products = new int[lines.size()];
        for (int rank = 0; rank < products.length; rank++) {
            var pair = pair(this.lines.get(rank));
            pairs.add(pair);
            ranks.putIfAbsent(key(number(pair.left), number(pair.right)), rank);
            products[rank] = number(pair.left + pair.right);
            makers.putIfAbsent(products[rank], rank);
        }
    }

    static boolean isPair(String line) {
        int space = line.indexOf(' ');
        return space > 0 && space < line.length() - 1 && line.indexOf(' ', space + 1) < 0;
    }

    private static Pair pair(String line) {
        if (!isPair(line))
            throw new IllegalArgumentException("not a merge: '" + line + "'");
        int space = line.indexOf(' ');
        return new Pair(line.substring(0, space), line.substring(space + 1));
    }

    private int number(String symbol) {
        return symbols.computeIfAbsent(symbol, absent -> symbols.size());
    }

    private static long key(int left, int right) {
        return (long) left << 32 | right;
    }

    List<String> lines() {
        return lines;
    }

    int symbol(String text) {
        return symbols.getOrDefault(text, ABSENT);
    }

    /// The first merge that makes this symbol.
    Optional<Pair> maker(String symbol) {
        return Optional.ofNullable(makers.get(symbol(symbol))).map(pairs::get);
    }

    /// Merges the symbols of a word. At each step the pair of the lowest rank is merged, wherever it stands, from left
    /// to right; a merge that `dropout` strikes at this step does not take part in it (Provilkov et al. 2020, algorithm
    /// 1). It takes O(n log n) for n symbols, also for a word of a million.
    ///
    /// @param word  the symbols; destroyed
    /// @return      where each merged symbol ends: the merged symbol that starts at i is made of the symbols i to next[i] − 1
    int[] apply(int[] word, Noise dropout) {
        return new Application(word).run(dropout);
    }

    private final class Application {
        private final int[] word;
        private final int[] next;
        private final int[] previous;
        private final LongHeap candidates;          // rank and place of each pair that can be merged; some are outdated
        private final List<Long> struck = new ArrayList<>();
        private int[] places;                       // of the pairs merged in this step
        private int count;

        Application(int[] word) {
            this.word = word;
            next = new int[word.length];
            previous = new int[word.length];
            places = new int[word.length];
            candidates = new LongHeap(word.length);
            for (int i = 0; i < word.length; i++) {
                next[i] = i + 1;
                previous[i] = i - 1;
            }
        }

        int[] run(Noise dropout) {
            for (int i = 0; i < word.length; i++)
                offer(i);
            for (int rank = choose(dropout); rank >= 0; rank = choose(dropout)) {
                mergeAll(rank);
                for (int i = 0; i < count; i++) {
                    offer(places[i]);
                    if (previous[places[i]] >= 0)
                        offer(previous[places[i]]);
                }
                struck.forEach(candidates::add);
            }
            return next;
        }

        /// Takes the places of the lowest rank that dropout leaves from the candidates; −1 if it leaves none.
        private int choose(Noise dropout) {
            int chosen = -1;
            long last = -1;
            count = 0;
            struck.clear();
            while (!candidates.isEmpty() && (chosen < 0 || candidates.first() >>> 32 == chosen)) {
                long candidate = candidates.remove();
                int rank = (int) (candidate >>> 32);
                int place = (int) candidate;
                if (candidate == last || rankAt(place) != rank)
                    continue;
                last = candidate;
                if (dropout.strikes()) {
                    struck.add(candidate);
                } else {
                    chosen = rank;
                    places[count++] = place;
                }
            }
            return chosen;
        }

        /// Merges at the chosen places that do not overlap: `x x x` becomes `xx x`.
        private void mergeAll(int rank) {
            int merged = 0;
            for (int i = 0; i < count; i++) {
                int left = places[i];
                if (word[left] == MERGED_AWAY)
                    continue;
                int right = next[left];
                word[left] = products[rank];
                word[right] = MERGED_AWAY;
                next[left] = next[right];
                if (next[left] < word.length)
                    previous[next[left]] = left;
                places[merged++] = left;
            }
            count = merged;
        }

        private void offer(int place) {
            int rank = rankAt(place);
            if (rank >= 0)
                candidates.add((long) rank << 32 | place);
        }

        private int rankAt(int place) {
            int right = next[place];
            if (right >= word.length || word[place] < 0 || word[right] < 0)
                return -1;
            return ranks.get(key(word[place], word[right]));
        }
    }
}
