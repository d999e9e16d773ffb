package nmt4j.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import nmt4j.kernel.Activation;
import nmt4j.kernel.Parallel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeedForwardNetworkTest {
    private interface Layers {
        ResidualStream apply(Tensor x, FeedForwardNetwork.Weights weights, Activation activation, float dropout,
                ResidualEnd end);
    }

    /// @param tokens  of several tiles, and no whole group
    /// @param size    H; x is not kept rounded beyond 1,024
    /// @param hidden  F; no whole vectors
    private record Network(int tokens, int size, int hidden, Activation activation, float dropout) {}

    /// In bfloat16 with ReLU one operation has the bits of two, but for b₁'s gradient where its sums have other tiles.
    @ParameterizedTest
    @CsvSource({"301, 40, 70, 0.3", "901, 40, 70, 0.3", "301, 40, 1100, 0", "301, 1040, 70, 0.3"})
    void asOneOperationItIsALinearLayerAfterTheOther(int tokens, int size, int hidden, float dropout) {
        var network = new Network(tokens, size, hidden, Activation.RELU, dropout);
        var expected = pass(network, true, 2, FeedForwardNetworkTest::twoLayers);
        var together = pass(network, true, 2, FeedForwardNetwork::apply);
        int last = expected.length - 1;
        for (int i = 0; i < last; i++) assertArrayEquals(expected[i], together[i], "result " + i);
        assertArrayEquals(expected[last], together[last], 1e-4f * largest(expected[last]));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void otherwiseItIsTwoOperations(boolean isRounded) {
        var network = new Network(301, 40, 70, isRounded ? Activation.GELU : Activation.RELU, 0.3f);
        assertEqual(pass(network, isRounded, 2, FeedForwardNetworkTest::twoLayers),
                pass(network, isRounded, 2, FeedForwardNetwork::apply));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void itsBitsAreThoseOfAnyNumberOfThreads(int threads) {
        var network = new Network(901, 40, 70, Activation.RELU, 0.3f);
        assertEqual(pass(network, true, 2, FeedForwardNetwork::apply),
                pass(network, true, threads, FeedForwardNetwork::apply));
    }

    private static void assertEqual(float[][] expected, float[][] results) {
        for (int i = 0; i < expected.length; i++) assertArrayEquals(expected[i], results[i], "result " + i);
    }

    private static ResidualStream twoLayers(Tensor x, FeedForwardNetwork.Weights w, Activation activation,
            float dropout,
            ResidualEnd end) {
        var h = Operations.linear(x, w.inner(), w.innerBias(), activation, dropout);
        return Operations.linear(h, w.outer(), w.outerBias(), end);
    }

    private static float largest(float[] x) {
        float largest = 0;
        for (float v : x) largest = Math.max(largest, Math.abs(v));
        assertTrue(largest > 0, "all are 0");
        return largest;
    }

    /// Of two passes whose gradients are added up. Memory that was used before is no number.
    ///
    /// @return  both results, dx of either pass, dW₁, dW₂, db₂, db₁
    private static float[][] pass(Network network, boolean isRounded, int threads, Layers layers) {
        try (var parallel = new Parallel(threads);
                var tape = isRounded ? Tape.training(parallel).inBfloat16() : Tape.training(parallel);
                var parameters = new Parameters()) {
            if (isRounded && network.activation == Activation.RELU)
                assumeTrue(tape.products().keepsRounded(), "a processor that multiplies bfloat16");
            var gamma = parameters.root().add("gamma", network.size, Initializer.uniform(1));
            var beta = parameters.root().add("beta", network.size, Initializer.uniform(0.1));
            var weights = weights(parameters, network.size, network.hidden);
            tape.begin(1);
            var used = tape.arena().matrix(4 * network.tokens, network.size + network.hidden);
            used.fill(Float.NaN);
            tape.arena().release(used);

            var first = NormalNumbers.tensor(tape, network.tokens, network.size, 2);
            var end = new ResidualEnd(first, 0.1f, gamma, beta);
            var result = layers.apply(first, weights, network.activation, network.dropout, end);
            NormalNumbers.fill(result.normal().receive().matrix(), 3);
            tape.backward();

            var x = NormalNumbers.tensor(tape, network.tokens, network.size, 4);
            end = new ResidualEnd(x, 0.1f, gamma, beta);
            result = layers.apply(x, weights, network.activation, network.dropout, end);
            var sum = result.sum().value().toArray();
            var normal = result.normal().value().toArray();
            NormalNumbers.fill(result.sum().receive().matrix(), 5);
            NormalNumbers.fill(result.normal().receive().matrix(), 6);
            tape.backward();
            return new float[][] {sum, normal, first.gradient().toArray(), x.gradient().toArray(),
                    weights.inner().gradient().toArray(), weights.outer().gradient().toArray(),
                    weights.outerBias().gradient().toArray(), weights.innerBias().gradient().toArray()};
        }
    }

    private static FeedForwardNetwork.Weights weights(Parameters parameters, int size, int hidden) {
        var scope = parameters.root();
        var weights = new FeedForwardNetwork.Weights(
                scope.add("inner", size, hidden, Initializer.xavier(size, hidden)),
                scope.add("innerBias", hidden, Initializer.uniform(0.1)),
                scope.add("outer", hidden, size, Initializer.xavier(hidden, size)),
                scope.add("outerBias", size, Initializer.uniform(0.1)));
        parameters.allocate(true);
        parameters.initialize(1);
        return weights;
    }
}
