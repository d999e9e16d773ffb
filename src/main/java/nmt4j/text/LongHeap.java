package nmt4j.text;

import java.util.Arrays;

/// A priority queue of longs, the least first.
final class LongHeap {
    private long[] items;
    private int size;

    LongHeap(int capacity) {
        items = new long[capacity];
    }

    boolean isEmpty() {
        return size == 0;
    }

    long first() {
        return items[0];
    }

    void add(long item) {
        if (size == items.length)
            items = Arrays.copyOf(items, 2 * size + 1);
        int i = size++;
        while (i > 0 && items[(i - 1) / 2] > item) {
            items[i] = items[(i - 1) / 2];
            i = (i - 1) / 2;
        }
        items[i] = item;
    }

    long remove() {
        long first = items[0];
        long last = items[--size];
        int i = 0;
        for (int child = 1; child < size; child = 2 * i + 1) {
            if (child + 1 < size && items[child + 1] < items[child])
                child++;
            if (items[child] >= last)
                break;
            items[i] = items[child];
            i = child;
        }
        items[i] = last;
        return first;
    }
}
