package nmt4j.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import nmt4j.Failure;
import org.junit.jupiter.api.Test;

class ArenaTest {
    private static final int COLUMNS = 1 << 10;

    @Test
    void aSliceThatWasGivenBackIsTakenFirst() {
        try (var arena = new Arena()) {
            var first = arena.matrix(96, COLUMNS);
            var second = arena.matrix(192, COLUMNS);
            arena.release(first);
            assertEquals(first.address(), arena.matrix(12, COLUMNS).address());
            arena.release(second);
            assertEquals(first.address() + bytes(12), arena.matrix(276, COLUMNS).address()); // both, merged
        }
    }

    @Test
    void whatIsHeldIsGivenBackByTheLastRelease() {
        try (var arena = new Arena()) {
            var held = arena.matrix(12, COLUMNS);
            var rounded = Bfloat16Matrix.in(arena, 12, COLUMNS);
            arena.hold(held);
            arena.hold(held);
            arena.hold(rounded);
            arena.release(held);
            arena.release((Factor) held);
            rounded.release(arena);
            assertEquals(bytes(12) * 3 / 2, arena.matrix(12, COLUMNS).address() - held.address());
            arena.release(rounded);
            arena.release(held);
            assertEquals(held.address(), arena.matrix(12, COLUMNS).address());
        }
    }

    @Test
    void nothingIsHeldAfterAReset() {
        try (var arena = new Arena()) {
            var held = arena.matrix(12, COLUMNS);
            arena.hold(held);
            arena.reset();
            arena.release(arena.matrix(12, COLUMNS));
            assertEquals(held.address(), arena.matrix(12, COLUMNS).address());
        }
    }

    /// A second block may lie before the first in memory: the first one's pages are in use already.
    @Test
    void theOldestBlockWithRoomIsTakenFirst() {
        try (var arena = new Arena()) {
            var old = arena.matrix(3_996, COLUMNS);
            long capacity = arena.capacity();
            var young = arena.matrix(3_996, COLUMNS);
            assertTrue(arena.capacity() > capacity);
            arena.release(young);
            arena.release(old);
            assertEquals(old.address(), arena.matrix(3_996, COLUMNS).address());
        }
    }

    @Test
    void whatWasVacatedComesBackInOneBlock() {
        try (var arena = new Arena()) {
            for (int i = 0; i < 3; i++) arena.matrix(3_996, COLUMNS);
            long capacity = arena.capacity();
            arena.vacate();
            assertEquals(0, arena.capacity());
            assertNotEquals(0, arena.matrix(12, COLUMNS).address());
            assertEquals(capacity, arena.capacity());
            for (int i = 0; i < 2; i++) arena.matrix(3_996, COLUMNS);
            assertEquals(capacity, arena.capacity());
        }
    }

    @Test
    void whatIsFreeAlreadyIsNotGivenBack() {
        try (var arena = new Arena()) {
            var first = arena.matrix(12, COLUMNS);
            var second = arena.matrix(12, COLUMNS);
            arena.release(second);
            assertThrows(IllegalStateException.class, () -> arena.release(second));
            var both = new Matrix(first.address(), 24, COLUMNS);
            assertThrows(IllegalStateException.class, () -> arena.release(both));
            arena.release(first);
            assertThrows(IllegalStateException.class, () -> arena.release(second)); // amid what is free
            assertEquals(first.address(), arena.matrix(24, COLUMNS).address());
        }
    }

    @Test
    void whatIsNotToBeHadIsTheMachinesFailureAndTheRestStays() {
        try (var arena = new Arena()) {
            long little = arena.allocate(1);
            var failure = assertThrows(Failure.class, () -> arena.allocate(1L << 50));
            assertEquals(Failure.Kind.MACHINE, failure.kind());
            assertEquals(
                    "out of memory: 1073741824 MiB more than the 16 MiB in use are not to be had; a smaller model takes "
                            + "less, and so do smaller batches (training.batch.size, --batch-tokens)",
                    failure.getMessage());
            assertEquals(little + MemoryBlock.ALIGNMENT, arena.allocate(1));
        }
    }

    @Test
    void aVectorTakesNoRoomForRowsBehindIt() {
        try (var arena = new Arena()) {
            var vector = arena.vector(1 << 24);
            assertTrue(arena.capacity() < 2 * vector.size() * Float.BYTES);
        }
    }

    private static long bytes(int rows) {
        return (long) rows * COLUMNS * Float.BYTES;
    }
}
