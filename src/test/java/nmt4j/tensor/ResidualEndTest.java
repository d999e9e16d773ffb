package nmt4j.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import nmt4j.kernel.Activation;
import nmt4j.kernel.Parallel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResidualEndTest {
    private static final int INPUTS = 40;

    private interface End {
        ResidualStream apply(Tensor h, Parameter weight, Parameter bias, ResidualEnd end);
    }

    /// @param tokens  of several tiles, and no whole group
    private record Case(int tokens, int size, float dropout, boolean isRounded, boolean sumIsUsed, int threads) {}

    @ParameterizedTest
    @CsvSource({"301, 24, 0.3, false, true", "301, 24, 0, false, true", "901, 19, 0.3, false, false",
            "301, 24, 0.3, true, true", "301, 19, 0, true, false", "5, 24, 0.3, true, true"})
    void itHasTheBitsOfALinearLayerAResidualConnectionAndANorm(int tokens, int size, float dropout, boolean isRounded,
            boolean sumIsUsed) {
        var expected = pass(new Case(tokens, size, dropout, isRounded, sumIsUsed, 2), ResidualEndTest::threeOperations);
        for (int threads = 1; threads <= 3; threads++) {
            var together = pass(new Case(tokens, size, dropout, isRounded, sumIsUsed, threads), Operations::linear);
            for (int i = 0; i < expected.length; i++) assertArrayEquals(expected[i], together[i], "result " + i);
        }
    }

    private static ResidualStream threeOperations(Tensor h, Parameter weight, Parameter bias, ResidualEnd end) {
        var sum = Operations.addDropped(end.x(), Operations.linear(h, weight, bias, Activation.NONE), end.dropout());
        return new ResidualStream(sum, Operations.layerNorm(sum, end.gamma(), end.beta()));
    }

    /// Memory that was used before is no number.
    ///
    /// @return  s, norm(s), and the gradients of x, h, W, b, γ and β
    private static float[][] pass(Case given, End end) {
        try (var parallel = new Parallel(given.threads);
                var tape = given.isRounded ? Tape.training(parallel).inBfloat16() : Tape.training(parallel);
                var parameters = new Parameters()) {
            var scope = parameters.root();
            var weight = scope.add("weight", INPUTS, given.size, Initializer.xavier(INPUTS, given.size));
            var bias = scope.add("bias", given.size, Initializer.uniform(0.1));
            var gamma = scope.add("gamma", given.size, Initializer.uniform(1));
            var beta = scope.add("beta", given.size, Initializer.uniform(0.1));
            parameters.allocate(true);
            parameters.initialize(1);
            tape.begin(1);
            var used = tape.arena().matrix(4 * given.tokens, INPUTS + given.size);
            used.fill(Float.NaN);
            tape.arena().release(used);

            var x = NormalNumbers.tensor(tape, given.tokens, given.size, 2);
            var h = NormalNumbers.tensor(tape, given.tokens, INPUTS, 3);
            var stream = end.apply(h, weight, bias, new ResidualEnd(x, given.dropout, gamma, beta));
            var sum = stream.sum().value().toArray();
            var normal = stream.normal().value().toArray();
            if (given.sumIsUsed) NormalNumbers.fill(stream.sum().receive().matrix(), 4);
            NormalNumbers.fill(stream.normal().receive().matrix(), 5);
            tape.backward();
            return new float[][] {sum, normal, x.gradient().toArray(), h.gradient().toArray(),
                    weight.gradient().toArray(), bias.gradient().toArray(), gamma.gradient().toArray(),
                    beta.gradient().toArray()};
        }
    }
}
