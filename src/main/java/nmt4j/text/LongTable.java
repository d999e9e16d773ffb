package nmt4j.text;

import java.util.Arrays;

/// A map from non-negative longs to non-negative ints, by open addressing.
final class LongTable {
    private static final long FREE = -1;

    private long[] keys = new long[1 << 10];
    private int[] values = new int[1 << 10];
    private int size;

    LongTable() {
        Arrays.fill(keys, FREE);
    }

    /// The value of this key, or −1.
    int get(long key) {
        int slot = slot(key);
        return keys[slot] == FREE ? -1 : values[slot];
    }

    /// Keeps the value of a key that is there already.
    void putIfAbsent(long key, int value) {
        int slot = slot(key);
        if (keys[slot] != FREE)
            return;
        keys[slot] = key;
        values[slot] = value;
        if (++size * 2 > keys.length)
            grow();
    }

    private int slot(long key) {
        long hash = key * 0x9E3779B97F4A7C15L;
        int slot = (int) (hash ^ hash >>> 32) & keys.length - 1;
        while (keys[slot] != key && keys[slot] != FREE)
            slot = slot + 1 & keys.length - 1;
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = new long[2 * oldKeys.length];
        values = new int[keys.length];
        Arrays.fill(keys, FREE);
        for (int i = 0; i < oldKeys.length; i++)
            if (oldKeys[i] != FREE) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
    }
}
