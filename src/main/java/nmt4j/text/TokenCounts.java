package nmt4j.text;

/// How often each token occurs: a table bounded in size.
public final class TokenCounts {
    /// At most `limit` distinct tokens are kept: where more appear, the rarest are forgotten.
    public TokenCounts(int limit) {}

    public TokenCounts() {
        this(1_000_000);
    }

    public void add(String token) {
        add(token, 1);
    }

    public void add(String token, long times) {
        throw new UnsupportedOperationException();
    }

    /// A vocabulary of these tokens by descending count, then by string, behind the special entries and the `alphabet`
    /// (which stays whatever its counts).
    ///
    /// @param minFrequency  rarer tokens are left out
    /// @param maxSize       the number of ids at most, all included
    public Vocabulary vocabulary(java.util.List<String> alphabet, long minFrequency, int maxSize) {
        throw new UnsupportedOperationException();
    }
}
