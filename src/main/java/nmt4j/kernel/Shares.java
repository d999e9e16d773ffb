package nmt4j.kernel;

import java.util.concurrent.atomic.AtomicLongArray;

/// Tiles that no thread has taken yet. Each thread has a share of neighbouring ones, the same share of any number of tiles, so that
/// it finds in its core's caches what it has left there in the operation before. Whoever has none left takes the last one of
/// the thread that has the most.
final class Shares {
    private static final int NONE = -1;
    /// Elements from one share to the next: two lines, which some processors fetch together.
    private static final int APART = 16;

    private final int threads;
    private final AtomicLongArray shares; // first tile and end, in the halves of a number

    Shares(int threads) {
        this.threads = threads;
        shares = new AtomicLongArray(threads * APART);
    }

    /// Cuts the tiles 0 … count − 1 into shares, which the caller has yet to publish to the other threads.
    void cut(int count) {
        for (int i = 0; i < threads; i++) shares.setPlain(i * APART, pack(bound(count, i), bound(count, i + 1)));
    }

    private int bound(int count, int thread) {
        return (int) ((long) count * thread / threads);
    }

    /// Takes away all that are left.
    void clear() {
        for (int i = 0; i < threads; i++) shares.set(i * APART, 0);
    }

    /// Takes a tile for a thread.
    ///
    /// @return  a negative number if there is none left
    int take(int thread) {
        int at = thread * APART;
        for (long share = shares.get(at); size(share) > 0; share = shares.get(at))
            if (shares.compareAndSet(at, share, pack(first(share) + 1, end(share)))) return first(share);
        return takeFromOthers();
    }

    private int takeFromOthers() {
        for (int at = largest(); at != NONE; at = largest()) {
            long share = shares.get(at);
            int last = end(share) - 1;
            if (size(share) > 0 && shares.compareAndSet(at, share, pack(first(share), last))) return last;
        }
        return NONE;
    }

    /// Where the largest share is, if any has a tile.
    private int largest() {
        int at = NONE;
        int most = 0;
        for (int i = 0; i < shares.length(); i += APART) {
            int size = size(shares.get(i));
            if (size <= most) continue;
            most = size;
            at = i;
        }
        return at;
    }

    private static long pack(int first, int end) {
        return (long) first << Integer.SIZE | end;
    }

    private static int first(long share) {
        return (int) (share >> Integer.SIZE);
    }

    private static int end(long share) {
        return (int) share;
    }

    private static int size(long share) {
        return end(share) - first(share);
    }
}
