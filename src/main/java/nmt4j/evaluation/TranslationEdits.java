package nmt4j.evaluation;

/// The number of edits of TER: shifts are taken greedily, each time the one that lowers the edit distance most, with
/// Tercom's heuristics of which to try, until none helps; the remaining edit distance is added.
final class TranslationEdits {
    private static final int MAX_SHIFT_LENGTH = 10;
    private static final int MAX_SHIFT_DISTANCE = 50;

    /// So many shifts are tried for one segment; the round in which they run out is dropped.
    private static final int MAX_CANDIDATES = 1000;

    private final int[] reference;
    private final BeamEditDistance distance;
    private int[] words;
    private int candidates;

    private TranslationEdits(int[] hypothesis, int[] reference) {
        this.words = hypothesis;
        this.reference = reference;
        this.distance = new BeamEditDistance(hypothesis.length, reference);
    }

    /// The edits from `hypothesis` to `reference`, both as numbered words.
    static int count(int[] hypothesis, int[] reference) {
        if (reference.length == 0)
            return hypothesis.length;
        if (hypothesis.length == 0)
            return reference.length;
        return new TranslationEdits(hypothesis, reference).count();
    }

    private int count() {
        int shifts = 0;
        while (true) {
            int edits = distance.of(words);
            var best = bestShift(edits, distance.alignment());
            if (candidates >= MAX_CANDIDATES || best.gain() <= 0)
                return shifts + edits;
            words = best.shift().apply(words);
            shifts++;
        }
    }

    /// A move of `length` words from `start` to before the word at `target`.
    record Shift(int start, int length, int target) {
        int[] apply(int[] words) {
            var rest = new int[words.length - length];
            System.arraycopy(words, 0, rest, 0, start);
            System.arraycopy(words, start + length, rest, start, rest.length - start);
            int landing = Math.min(landing(), rest.length);
            var shifted = new int[words.length];
            System.arraycopy(rest, 0, shifted, 0, landing);
            System.arraycopy(words, start, shifted, landing, length);
            System.arraycopy(rest, landing, shifted, landing + length, rest.length - landing);
            return shifted;
        }

        /// Where the phrase begins after the move. A target within the phrase means that many words further on.
        private int landing() {
            return target > start + length ? target - length : target;
        }
    }

    /// A shift and by how much it lowers the edit distance.
    private record Candidate(Shift shift, int gain) {
        static final Candidate NONE = new Candidate(new Shift(0, 0, 0), Integer.MIN_VALUE);

        /// Tercom's order: the larger gain, then the longer phrase, then the earlier start, then the earlier target.
        boolean isBetterThan(Candidate other) {
            if (gain != other.gain)
                return gain > other.gain;
            if (shift.length != other.shift.length)
                return shift.length > other.shift.length;
            if (shift.start != other.shift.start)
                return shift.start < other.shift.start;
            return shift.target < other.shift.target;
        }
    }

    /// The best move of any phrase that hypothesis and reference share.
    private Candidate bestShift(int edits, WordAlignment alignment) {
        var best = Candidate.NONE;
        for (int start = 0; start < words.length; start++) {
            int from = Math.max(0, start - MAX_SHIFT_DISTANCE);
            int to = Math.min(reference.length - 1, start + MAX_SHIFT_DISTANCE);
            for (int match = from; match <= to; match++) {
                int longest = commonLength(start, match);
                for (int length = 1; length <= longest && candidates < MAX_CANDIDATES; length++)
                    if (alignment.invitesShift(start, match, length))
                        best = bestTarget(best, new Phrase(start, match, length), edits, alignment);
            }
        }
        return best;
    }

    /// Words of the hypothesis from `start` that equal those of the reference from `match`.
    private record Phrase(int start, int match, int length) {}

    /// Tries to move a phrase behind each word that is aligned to its place in the reference.
    private Candidate bestTarget(Candidate best, Phrase phrase, int edits, WordAlignment alignment) {
        int previous = -1;
        for (int offset = -1; offset < phrase.length; offset++) {
            int target = alignment.behind(phrase.match + offset);
            if (target == previous)
                continue;
            previous = target;
            var shift = new Shift(phrase.start, phrase.length, target);
            var candidate = new Candidate(shift, edits - distance.ofSimilar(shift.apply(words)));
            candidates++;
            if (candidate.isBetterThan(best))
                best = candidate;
        }
        return best;
    }

    private int commonLength(int start, int match) {
        int limit = Math.min(MAX_SHIFT_LENGTH, Math.min(words.length - start, reference.length - match));
        int length = 0;
        while (length < limit && words[start + length] == reference[match + length])
            length++;
        return length;
    }
}
