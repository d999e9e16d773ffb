package nmt4j.kernel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class JavaHeapTest {
    private static final int MEBIBYTE = 1 << 20;

    @Test
    void whatIsGarbageIsCollectedOnceThereIsMuchOfIt() {
        var kept = new ArrayList<byte[]>();
        for (int i = 0; i < 512; i++) kept.add(new byte[MEBIBYTE]);
        long all = used();
        kept.clear();
        JavaHeap.tidy();
        assertTrue(used() < all - 500L * MEBIBYTE, () -> used() / MEBIBYTE + " of " + all / MEBIBYTE + " MiB");
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
