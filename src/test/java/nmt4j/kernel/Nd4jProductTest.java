package nmt4j.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.List;
import nmt4j.cli.Program;
import org.junit.jupiter.api.Test;

class Nd4jProductTest {
    /// As where oneDNN 3 is not, and a thread multiplies before another has asked for memory.
    @Test
    void nothingElseOfNd4jHasToBeThereBeforeTheFirstProduct() throws IOException, InterruptedException {
        var process = new ProcessBuilder(Program.java(List.of(), FirstProduct.class, List.of()))
                .redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, process.waitFor(), said);
        assertEquals("6.0", said.lines().toList().getLast());
    }

    private static final class FirstProduct {
        public static void main(String[] args) {
            try (var memory = Arena.ofConfined()) {
                var x = matrix(memory, 2);
                var y = matrix(memory, 3);
                var z = matrix(memory, 0);
                Nd4jProduct.multiply(Transpose.NONE, x, y, z, false);
                System.out.println(z.get(0, 0));
            }
        }

        private static Matrix matrix(Arena memory, float number) {
            return new Matrix(memory.allocateFrom(JAVA_FLOAT, number).address(), 1, 1);
        }
    }
}
