package nmt4j.diagnostics.corpus;

/// The pairs so far, by their essence: an open-addressing table of 16 bytes a place, at most two thirds full.
final class SeenPairs {
    private long[] essences = new long[1 << 12];
    private int[] exact = new int[1 << 12];
    private int size;

    /// Notes a pair; tells whether it, or one that differs in case, punctuation and spaces alone, was there before.
    int defects(String source, String target) {
        long essence = Characters.essence(target, Characters.essence(source, 1) + 2);
        if (essence == 0) return 0;
        int hash = (int) (Characters.hash(target, Characters.hash(source, 1) + 2) >>> 32);
        int place = place(essence);
        if (essences[place] != 0) return (exact[place] == hash ? Defect.DUPLICATE : Defect.NEAR_DUPLICATE).bit();
        essences[place] = essence;
        exact[place] = hash;
        if (++size * 3L > essences.length * 2L) grow();
        return 0;
    }

    private int place(long essence) {
        int place = (int) (essence ^ essence >>> 32) & essences.length - 1;
        while (essences[place] != essence && essences[place] != 0) place = place + 1 & essences.length - 1;
        return place;
    }

    private void grow() {
        long[] oldEssences = essences;
        int[] oldExact = exact;
        essences = new long[2 * oldEssences.length];
        exact = new int[essences.length];
        for (int i = 0; i < oldEssences.length; i++)
            if (oldEssences[i] != 0) {
                int place = place(oldEssences[i]);
                essences[place] = oldEssences[i];
                exact[place] = oldExact[i];
            }
    }
}
