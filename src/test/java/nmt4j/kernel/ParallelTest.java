package nmt4j.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
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
    private static final int MILLISECONDS = 5;

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

    @ParameterizedTest
    @MethodSource("threads")
    void eachTileThatIsPostponedRunsOnce(int threads) {
        try (var parallel = new Parallel(threads)) {
            for (int count : new int[] {0, 1, 2, 7, 1_000}) {
                var runs = List.of(new AtomicIntegerArray(count), new AtomicIntegerArray(count));
                var works = runs.stream().map(all -> parallel.postpone("later", count, all::incrementAndGet)).toList();
                for (int i = 0; i < 5; i++) assertEachRunsOnce(parallel, 7);
                works.reversed().forEach(parallel::finish);
                runs.forEach(ParallelTest::assertEachIsOne);
            }
        }
    }

    @Test
    void whoWaitsTakesWhatIsPostponed() {
        try (var parallel = new Parallel(2)) {
            var waited = new CountDownLatch(1);
            var begun = new CountDownLatch(1);
            var caller = new AtomicReference<Thread>();
            var first = parallel.postpone("first", 1, _ -> {
                begun.countDown();
                await(waited);
            });
            await(begun);
            parallel.finish(parallel.postpone("second", 1, _ -> {
                caller.set(Thread.currentThread());
                waited.countDown();
            }));
            parallel.finish(first);
            assertSame(Thread.currentThread(), caller.get());
        }
    }

    @Test
    void anOperationDoesNotWaitForAThreadThatRunsWhatIsPostponed() {
        try (var parallel = new Parallel(2)) {
            var over = new CountDownLatch(1);
            var begun = new CountDownLatch(1);
            var work = parallel.postpone("later", 1, _ -> {
                begun.countDown();
                await(over);
            });
            await(begun);
            for (int i = 0; i < 20; i++) assertEachRunsOnce(parallel, 7);
            over.countDown();
            parallel.finish(work);
        }
    }

    @Test
    void aThreadThatParkedTakesWhatIsPostponed() {
        try (var parallel = new Parallel(2)) {
            var both = new Both();
            for (int i = 0; i < 3; i++) {
                parallel.tiles(2, both.tile(() -> {
                }, () -> {
                }));
                var ran = new CountDownLatch(1);
                var work = parallel.postpone("later", 1, _ -> ran.countDown());
                await(ran);
                parallel.finish(work);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("threads")
    void whatATileThrowsThatIsPostponedIsThrownInTheEnd(int threads) {
        try (var parallel = new Parallel(threads)) {
            for (int i = 0; i < 20; i++) {
                assertThrows(IllegalStateException.class,
                        () -> parallel.finish(parallel.postpone("failing", 100, ParallelTest::failAtSeven)));
                assertEachRunsOnce(parallel, 100);
            }
        }
    }

    @Test
    void whatIsDroppedIsOverAndBeginsNoMore() {
        try (var parallel = new Parallel(2)) {
            var begun = new CountDownLatch(1);
            var over = new CountDownLatch(1);
            var runs = new AtomicInteger();
            var dropped = parallel.postpone("dropped", 1_000, _ -> {
                begun.countDown();
                await(over);
                runs.incrementAndGet();
            });
            await(begun);
            var next = parallel.postpone("next", 1, _ -> over.countDown());
            parallel.drop(dropped);
            assertEquals(1, runs.get());
            parallel.finish(next);
        }
    }

    @Test
    void anIdleOneRunsNothingThatIsPostponed() {
        try (var idle = Parallel.idle()) {
            idle.finish(idle.postpone("later", 3, tile -> fail("tile " + tile)));
        }
    }

    /// Of both cores' time, what is postponed takes none of an operation's.
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aProfileShowsWhatIsPostponedByItself(int threads) {
        try (var parallel = new Parallel(threads)) {
            var profile = new Profile();
            parallel.profile(profile);
            long start = System.nanoTime();
            var work = parallel.postpone("later", 4, _ -> sleep());
            parallel.as("now", 0).tiles(4, _ -> sleep());
            parallel.finish(work);
            long time = System.nanoTime() - start;
            assertEquals(Set.of("later", "now"), profile.entries().keySet());
            var later = profile.entries().get("later");
            var now = profile.entries().get("now");
            assertEquals(List.of(1L, 1L), List.of(later.calls(), now.calls()));
            long least = 4 * MILLISECONDS * 1_000_000L;
            assertTrue(later.busy() >= least && now.busy() >= least, later + " " + now);
            long together = later.nanoseconds() + now.nanoseconds();
            assertTrue(together >= 2 * least / threads && together <= time, together + " of " + time);
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
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
