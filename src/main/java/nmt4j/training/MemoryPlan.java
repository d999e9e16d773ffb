package nmt4j.training;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import nmt4j.Failure;
import nmt4j.config.Config;
import nmt4j.config.TrainingConfig;
import nmt4j.config.TrainingConfig.Precision;
import nmt4j.data.Batch;
import nmt4j.kernel.Bfloat16Product;
import nmt4j.kernel.Parallel;
import nmt4j.model.ModelFactory;
import nmt4j.model.TranslationModel;
import nmt4j.optim.Optimizer;

/// What training takes of the machine's memory, in bytes.
///
/// Activations are not estimated: the model goes forward and backward through its largest batch with operations that take
/// their memory and compute nothing. So the plan holds for every family and changes with its code.
///
/// @param activations  of the largest batch, with their gradients
public record MemoryPlan(long weights, long gradients, long optimizer, long activations) {
    /// What the Java machine, its heap and the libraries take besides: measured, between 0.2 and 0.35 GB.
    public static final long JAVA = 300L << 20;

    /// The most tokens of a batch that is planned: what it takes is far more than a machine has.
    private static final long MOST_TOKENS = 1 << 22;

    /// Of a weight for products in bfloat16, at most: as the two passes read it, or whole and in the parts that some products read.
    private static final int COPIES = 2;

    /// Subwords of a sentence of middling length.
    private static final int MIDDLING = 24;

    /// @param largest   the batches that may take most
    /// @throws Failure  if the machine can not even promise that much
    public static MemoryPlan of(Config config, int sourceSize, int targetSize, List<Batch> largest) {
        try (var model = ModelFactory.declare(config.model(), sourceSize, targetSize)) {
            long vector = model.parameters().room(true) * Float.BYTES;
            model.parameters().reserve(true);
            long activations = 0;
            for (var batch : largest)
                activations = Math.max(activations, activations(model, config.training(), batch));
            long rounded = ProductPrecision.on(config.training().precision()) == Precision.BFLOAT16
                    ? vector / Float.BYTES * Bfloat16Product.bytesPerNumber() : 0;
            return new MemoryPlan(vector + COPIES * rounded, vector,
                    vector * Optimizer.numbersPerWeight(config.training()),
                    activations);
        } catch (Failure e) {
            if (e.kind() != Failure.Kind.MACHINE) throw e;
            throw Failure.machine("training takes more memory than this machine can give: lower training.batch.size "
                    + "(and raise training.accumulation), or model.modelSize", e);
        }
    }

    /// The largest batches that a config allows, whatever its corpora hold: many sentences of middling length, few of the
    /// longest, and such as have no more steps than a gradient goes back.
    public static List<Batch> largestBatches(Config config) {
        var budget = config.training().batch();
        var batches = new ArrayList<Batch>();
        int longest = config.data().maxLength();
        int steps = config.training().truncatedBackpropagation().orElse(longest);
        for (int length : IntStream.of(Math.min(MIDDLING, longest), longest, Math.min(steps, longest)).distinct()
                .toArray()) {
            int sentences = switch (budget.unit()) {
                case TOKENS -> Math.max(1, budget.size() / (length + 1));
                case SENTENCES -> budget.size();
            };
            if (sentences * (length + 1L) > MOST_TOKENS)
                throw Failure.mistake(String.format(Locale.ROOT,
                        "training.batch.size: %,d sentences of %,d subwords are more than memory can hold", sentences,
                        length));
            var lengths = new int[sentences];
            Arrays.fill(lengths, length);
            batches.add(Batch.ofLengths(lengths, lengths));
        }
        return batches;
    }

    private static long activations(TranslationModel model, TrainingConfig training, Batch batch) {
        try (var nobody = Parallel.idle(); var tape = Step.tape(training, nobody)) {
            tape.begin(0);
            model.train(tape, batch, (float) training.loss().labelSmoothing(), 1);
            return tape.arena().capacity();
        }
    }

    /// All of it, Java included.
    public long total() {
        return weights + gradients + optimizer + activations + JAVA;
    }

    /// @param available  bytes that this process may use
    /// @throws Failure   that names the key to change, if training takes more
    public void requireFits(long available) {
        if (total() <= available) return;
        boolean aSmallerBatchWillDo = total() - activations / 2 <= available;
        throw Failure.machine(String.format(Locale.ROOT, "%s, but this process may use %,d MB: lower %s", this,
                available >> 20, aSmallerBatchWillDo ? "training.batch.size (and raise training.accumulation)"
                        : "model.modelSize"),
                null);
    }

    /// Bytes that this process may use: the machine's memory, or what a container leaves of it.
    public static long available() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize() : Long.MAX_VALUE;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT,
                "training takes %,d MB: weights %,d, gradients %,d, optimizer %,d, activations of the largest batch %,d, Java %,d",
                total() >> 20, weights >> 20, gradients >> 20, optimizer >> 20, activations >> 20, JAVA >> 20);
    }
}
