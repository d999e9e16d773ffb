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

    /// Weights in bfloat16 give what float32 gives of the rounded numbers.
    @Test
    void keysAreRoundedBesideInt8Alone() {
        assertEquals(KeptFormat.FLOAT32, besideWeightIn(Precision.FLOAT32));
        assertEquals(KeptFormat.FLOAT32, besideWeightIn(Precision.BFLOAT16));
        assertEquals(KeptFormat.BFLOAT16, besideWeightIn(Precision.INT8));
    }

    private static KeptFormat besideWeightIn(Precision precision) {
        try (var parameters = new Parameters()) {
            var weight = parameters.root().add("weight", 4, 5, Initializer.xavier(4, 5));
            parameters.allocate(false);
            parameters.initialize(1);
            if (precision != Precision.FLOAT32) parameters.convert(precision);
            return KeptFormat.beside(weight);
        }
    }

    @Test
    void rowsOfAnOddLengthAreKept() {
        try (var parallel = new Parallel(1); var tape = Tape.inference(parallel)) {
            var x = filled(tape.tensor(3, 5), 0.5f);
            for (var format : KeptFormat.values()) {
                var kept = format.kept(x).value();
                var rows = new long[] {kept.row(0), kept.row(1), kept.row(2)};
                format.reader(3, 5).read(rows, 3);
                for (int i = 0; i < 3; i++)
                    assertArrayEquals(x.value().rows(i, i + 1).toArray(), new Matrix(rows[i], 1, 5).toArray());
            }
        }
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
