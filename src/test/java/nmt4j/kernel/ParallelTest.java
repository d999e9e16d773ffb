package nmt4j.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ParallelTest {
    private static IntStream threads() {
        return IntStream.of(1, 2, 4 * Parallel.cores() + 3);
    }

    @ParameterizedTest
    @MethodSource("threads")
    void eachTileRunsOnce(int threads) {
        try (var parallel = new Parallel(threads)) {
            for (int count : new int[] {0, 1, 2, 7, 1_000}) assertEachRunsOnce(parallel, count);
        }
    }

    private static void assertEachRunsOnce(Parallel parallel, int count) {
        var runs = new AtomicIntegerArray(count);
        parallel.tiles(count, runs::incrementAndGet);
        assertEachIsOne(runs);
    }

    private static void assertEachIsOne(AtomicIntegerArray runs) {
        for (int i = 0; i < runs.length(); i++) assertEquals(1, runs.get(i), "tile " + i + " of " + runs.length());
    }

    @ParameterizedTest
    @MethodSource("threads")
    void theFirstTilesBeginBeforeTheOthers(int threads) {
        try (var parallel = new Parallel(threads)) {
            var begun = new AtomicInteger();
            var begunBefore = new AtomicIntegerArray(100);
            var runs = new AtomicIntegerArray(100);
            parallel.tiles(7, 93, tile -> {
                begunBefore.set(tile, tile < 7 ? begun.incrementAndGet() : begun.get());
                runs.incrementAndGet(tile);
            });
            assertEachIsOne(runs);
            assertEquals(7, begun.get());
            // A thread that has taken one of them may have still to begin it.
            for (int i = 7; i < 100; i++) assertTrue(begunBefore.get(i) >= 7 - (threads - 1), "tile " + i);
        }
    }

    @Test
    void aThreadHasTheSameShareInEachOperation() {
        try (var parallel = new Parallel(2)) {
            for (int i = 0; i < 20; i++) {
                var ran = new Thread[2];
                var both = new Both();
                parallel.tiles(2, tile -> {
                    ran[tile] = Thread.currentThread();
                    both.meet();
                });
                assertSame(Thread.currentThread(), ran[0]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("threads")
    void tilesOfRowsAreTheSameForAnyNumberOfThreads(int threads) {
        try (var parallel = new Parallel(threads)) {
            var ends = new int[23];
            parallel.rows(ends.length, 5, (from, to) -> {
                for (int t = from; t < to; t++) ends[t] = to;
            });
            assertArrayEquals(
                    new int[] {5, 5, 5, 5, 5, 10, 10, 10, 10, 10, 15, 15, 15, 15, 15, 20, 20, 20, 20, 20, 23, 23, 23},
                    ends);
        }
    }

    @Test
    void theFirstExceptionIsThrownWithTheOthers() {
        try (var parallel = new Parallel(2)) {
            var first = new IllegalStateException("first");
            var second = new AssertionError("second");
            var both = new Both();
            var thrown = assertThrows(IllegalStateException.class, () -> parallel.tiles(2, both.tile(() -> {
                throw first;
            }, () -> {
                throw second;
            })));
            assertSame(first, thrown);
            assertArrayEquals(new Throwable[] {second}, thrown.getSuppressed());
        }
    }

    @Test
    void anExceptionThatSeveralThrowIsThrown() {
        try (var parallel = new Parallel(2)) {
            var all = new OutOfMemoryError("all");
            Runnable failing = () -> {
                throw all;
            };
            assertSame(all, assertThrows(OutOfMemoryError.class,
                    () -> parallel.tiles(2, new Both().tile(failing, failing))));
        }
    }

    @ParameterizedTest
    @MethodSource("threads")
    void afterAnExceptionOperationsRunAsBefore(int threads) {
        try (var parallel = new Parallel(threads)) {
            for (int i = 0; i < 20; i++) {
                assertThrows(IllegalStateException.class, () -> parallel.tiles(100, ParallelTest::failAtSeven));
                assertEachRunsOnce(parallel, 100);
            }
        }
    }

    private static void failAtSeven(int tile) {
        if (tile == 7) throw new IllegalStateException("tile 7");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void partsOfAnOperationThatFailedAreNotThoseOfTheNext(int threads) {
        try (var parallel = new Parallel(threads)) {
            var profile = new Profile();
            parallel.profile(profile);
            assertThrows(IllegalStateException.class, () -> parallel.as("failing", 0).tiles(8, tile -> {
                parallel.part("part", () -> {
                });
                failAtSeven(tile);
            }));
            parallel.as("whole", 12).tiles(8, _ -> {
            });
            assertEquals(Set.of("whole"), profile.entries().keySet());
            assertEquals(1, profile.entries().get("whole").calls());
            assertEquals(12, profile.entries().get("whole").bytes());
        }
    }

    @Test
    void anIdleOneRunsNothing() {
        try (var idle = Parallel.idle()) {
            assertEquals(Parallel.cores(), idle.threads());
            idle.tiles(3, tile -> fail("tile " + tile));
            idle.rows(3, 1, (from, to) -> fail("rows " + from + " to " + to));
        }
    }

    @Test
    void aThreadThatParkedTakesPartAgain() {
        try (var parallel = new Parallel(2)) {
            var meetings = new AtomicInteger();
            for (int i = 0; i < 3; i++)
                parallel.tiles(2, new Both().tile(meetings::incrementAndGet, meetings::incrementAndGet));
            assertEquals(6, meetings.get());
        }
    }

    /// Two tiles that the caller and a worker run at the same time.
    private static final class Both {
        private final Thread caller = Thread.currentThread();
        private final CyclicBarrier barrier = new CyclicBarrier(2);
        private final AtomicReference<Thread> worker = new AtomicReference<>();

        /// @param byWorker  what the worker does
        /// @param after     what the caller does once the worker waits for the next operation
        IntConsumer tile(Runnable byWorker, Runnable after) {
            return _ -> {
                meet();
                if (Thread.currentThread() == caller) {
                    awaitParked();
                    after.run();
                } else {
                    worker.set(Thread.currentThread());
                    byWorker.run();
                }
            };
        }

        private void meet() {
            try {
                barrier.await();
            } catch (InterruptedException | BrokenBarrierException e) {
                throw new IllegalStateException(e);
            }
        }

        private void awaitParked() {
            while (worker.get() == null || worker.get().getState() != Thread.State.WAITING) {
                if (Thread.interrupted()) throw new IllegalStateException("interrupted");
                Thread.yield();
            }
        }
    }
}
