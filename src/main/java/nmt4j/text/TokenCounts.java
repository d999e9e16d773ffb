package nmt4j.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// How often each token occurs, in a table bounded in size.
///
/// Up to the limit all counts are exact. When more distinct tokens appear, the rarest are forgotten until three
/// quarters of the limit are left, at a threshold that only rises; a token that comes back is counted anew.
public final class TokenCounts {
    /// About 100 MB of words.
    public static final int DEFAULT_LIMIT = 1_000_000;

    /// A token and how often it occurred.
    public record Entry(String token, long count) {}

    private static final Comparator<Entry> FREQUENT_FIRST =
            Comparator.comparingLong(Entry::count).reversed().thenComparing(Entry::token, CodePointOrder.INSTANCE);

    private final int limit;
    private final Map<String, long[]> counts = new HashMap<>();
    private long forgotten;

    /// @param limit  the number of distinct tokens at most
    public TokenCounts(int limit) {
        this.limit = limit;
    }

    public TokenCounts() {
        this(DEFAULT_LIMIT);
    }

    public void add(String token) {
        add(token, 1);
    }

    public void add(String token, long times) {
        var count = counts.get(token);
        if (count != null) {
            count[0] += times;
        } else {
            counts.put(token, new long[] {times});
            if (counts.size() > limit)
                forgetRare();
        }
    }

    public void addAll(Iterable<String> tokens) {
        for (var token : tokens)
            add(token);
    }

    private void forgetRare() {
        while (counts.size() > limit / 4 * 3) {
            forgotten++;
            counts.values().removeIf(count -> count[0] <= forgotten);
        }
    }

    /// Tokens that were forgotten had at most this count at that time; 0 if all counts are exact.
    public long forgotten() {
        return forgotten;
    }

    public int size() {
        return counts.size();
    }

    /// The tokens by descending count, then by code points.
    public List<Entry> entries() {
        var entries = new ArrayList<Entry>(counts.size());
        counts.forEach((token, count) -> entries.add(new Entry(token, count[0])));
        entries.sort(FREQUENT_FIRST);
        return entries;
    }

    /// A vocabulary of the special entries, the `alphabet` (which stays whatever its counts), and these tokens by
    /// descending count.
    ///
    /// @param minFrequency  rarer tokens are left out
    /// @param maxSize       the number of ids at most, all included; but the alphabet is never cut
    public Vocabulary vocabulary(List<String> alphabet, long minFrequency, int maxSize) {
        var tokens = new ArrayList<>(Vocabulary.SPECIALS);
        tokens.addAll(alphabet);
        var present = new HashSet<>(alphabet);
        for (var entry : entries()) {
            if (entry.count < minFrequency || tokens.size() >= maxSize)
                break;
            if (!present.contains(entry.token))
                tokens.add(entry.token);
        }
        return Vocabulary.of(tokens);
    }
}
