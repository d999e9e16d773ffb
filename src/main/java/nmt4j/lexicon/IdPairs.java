package nmt4j.lexicon;

import java.util.Arrays;

/// Pairs of sentences as ids, one after the other in memory.
public final class IdPairs {
    private final Side source = new Side();
    private final Side target = new Side();

    /// The sentences of one side.
    static final class Side {
        private int[] ids = new int[1 << 12];
        private int[] starts = new int[1 << 8];
        private int count;

        private void add(int[] sentence) {
            int start = starts[count];
            int end = Math.addExact(start, sentence.length);
            if (end > ids.length) ids = Arrays.copyOf(ids, Math.max(end, 2 * ids.length));
            if (count + 2 > starts.length) starts = Arrays.copyOf(starts, 2 * starts.length);
            System.arraycopy(sentence, 0, ids, start, sentence.length);
            starts[++count] = end;
        }

        /// Where a sentence begins; that of the number of sentences is where the last one ends.
        int start(int sentence) {
            return starts[sentence];
        }

        int id(int at) {
            return ids[at];
        }

        /// Tokens of all sentences.
        int tokens() {
            return starts[count];
        }

        int[] sentence(int number) {
            return Arrays.copyOfRange(ids, starts[number], starts[number + 1]);
        }

        int[] counts(int vocabulary) {
            var counts = new int[vocabulary];
            for (int i = 0; i < tokens(); i++) counts[ids[i]]++;
            return counts;
        }
    }

    public void add(int[] sourceIds, int[] targetIds) {
        source.add(sourceIds);
        target.add(targetIds);
    }

    public int size() {
        return source.count;
    }

    Side source() {
        return source;
    }

    Side target() {
        return target;
    }
}
