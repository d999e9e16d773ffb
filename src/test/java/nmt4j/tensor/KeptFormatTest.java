package nmt4j.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import nmt4j.kernel.Matrix;
import nmt4j.kernel.Parallel;
import org.junit.jupiter.api.Test;

class KeptFormatTest {
    @Test
    void twoNumbersInBfloat16TakeAColumn() {
        assertEquals(5, KeptFormat.FLOAT32.columns(5));
        assertEquals(3, KeptFormat.BFLOAT16.columns(5));
        assertEquals(0, KeptFormat.BFLOAT16.columns(0));
    }

    @Test
    void whatIsKeptInFloat32IsTheTensorItself() {
        try (var parallel = new Parallel(1); var tape = Tape.inference(parallel)) {
            var x = tape.tensor(2, 4);
            assertSame(x, KeptFormat.FLOAT32.kept(x));
        }
    }

    /// Attention to what bfloat16 has exactly is the same; to other numbers it is close.
    @Test
    void attentionReadsWhatIsKept() {
        try (var parallel = new Parallel(1); var tape = Tape.inference(parallel)) {
            var query = filled(tape.tensor(3, 8), 7);
            for (float step : new float[] {0.5f, 0.37f}) {
                var x = filled(tape.tensor(4, 16), step); // keys and values
                float[] expected = attention(query, x, x.value(), KeptFormat.FLOAT32);
                float[] kept = attention(query, x, KeptFormat.BFLOAT16.kept(x).value(), KeptFormat.BFLOAT16);
                assertArrayEquals(expected, kept, step == 0.5f ? 0 : 0.02f);
            }
        }
    }

    private static float[] attention(Tensor query, Tensor x, Matrix kept, KeptFormat format) {
        return CachedAttention.apply(query, (_, keys) -> {
            for (int j = 0; j < x.rows(); j++) keys[j] = kept.row(j);
            return x.rows();
        }, format, x.rows(), 2, (_, _, _, _, _) -> {
        }).value().toArray();
    }

    /// With multiples of `step` from −2 to 2 times it.
    private static Tensor filled(Tensor x, float step) {
        for (int i = 0; i < x.rows(); i++)
            for (int j = 0; j < x.columns(); j++) x.value().set(i, j, step * ((i * 7 + j * 3) % 5 - 2));
        return x;
    }
}
