package nmt4j.training;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import nmt4j.config.TrainingConfig;
import nmt4j.config.TrainingConfig.Precision;
import nmt4j.config.TrainingConfig.Unit;
import nmt4j.data.Batch;
import nmt4j.data.SplitMix;
import nmt4j.kernel.Parallel;
import nmt4j.model.TranslationModel;
import nmt4j.optim.Optimizer;
import nmt4j.optim.Trainable;
import nmt4j.tensor.CrossEntropy.Loss;
import nmt4j.tensor.Parameter;
import nmt4j.tensor.Tape;

/// One update: the gradient of a batch, or of several, clipped, and the optimizer's step. All its random numbers are a
/// function of the seed and the number of the update.
public final class Step implements AutoCloseable {
    private final TranslationModel model;
    private final TrainingConfig config;
    private final long seed;
    private final List<Parameter> frozen;
    private final Trainable trainable;
    private final Optimizer optimizer;
    private final Tape tape;

    public Step(TranslationModel model, TrainingConfig config, long seed, Parallel parallel) {
        this.model = model;
        this.config = config;
        this.seed = seed;
        tape = tape(config, parallel);
        frozen = Freezing.frozen(model.parameters(), config.freeze());
        trainable = new Trainable(model.parameters(), frozen, parallel);
        optimizer = Optimizer.of(config, trainable);
    }

    /// A tape as the config wants it.
    static Tape tape(TrainingConfig config, Parallel parallel) {
        var tape = Tape.training(parallel);
        config.truncatedBackpropagation().ifPresent(tape::truncating);
        return ProductPrecision.on(config.precision()) == Precision.BFLOAT16 ? tape.inBfloat16() : tape;
    }

    Optimizer optimizer() {
        return optimizer;
    }

    /// @param stream  gives the next batch
    /// @param update  counted from 1
    /// @param rate    the learning rate
    public Update run(Supplier<Batch> stream, long update, double rate) {
        long start = System.nanoTime();
        var batches = next(stream);
        long units = 0;
        for (var batch : batches) units += units(batch);
        var loss = gradient(batches, update, 1f / units);
        double norm = clippedNorm();
        double scale = Double.isFinite(loss.loss()) && Double.isFinite(norm)
                ? config.clipNorm().isPresent() ? Trainable.clippingScale(norm, config.clipNorm().getAsDouble()) : 1
                : 0;
        if (scale > 0) optimizer.update(update, rate, scale);
        long sourceTokens = 0;
        for (var batch : batches) sourceTokens += batch.sourceTokens();
        return new Update(loss, units, norm, scale, sourceTokens, batches.getLast().next(),
                (System.nanoTime() - start) / 1e9);
    }

    /// The batches of an update: as many as are accumulated, or those left of the epoch.
    private List<Batch> next(Supplier<Batch> stream) {
        var batches = new ArrayList<Batch>();
        do
            batches.add(stream.get());
        while (batches.size() < config.accumulation() && !batches.getLast().endsEpoch());
        return batches;
    }

    private long units(Batch batch) {
        return config.loss().normalization() == Unit.TOKENS ? batch.targetTokens() : batch.size();
    }

    private Loss gradient(List<Batch> batches, long update, float weight) {
        model.parameters().clearGradients();
        var loss = Loss.NONE;
        for (int i = 0; i < batches.size(); i++) {
            tape.begin(SplitMix.mix(SplitMix.mix(seed, update), i));
            loss = loss.plus(model.train(tape, batches.get(i), (float) config.loss().labelSmoothing(), weight));
        }
        model.parameters().settleGradients(frozen);
        return loss;
    }

    private double clippedNorm() {
        config.clipValue().ifPresent(trainable::clipGradient);
        return trainable.gradientNorm();
    }

    /// The first tensor of the gradient with a value that is no number, or infinite; empty if there is none.
    String firstNonFinite() {
        for (var p : model.parameters().all())
            for (float x : p.gradient().toArray()) if (!Float.isFinite(x)) return p.name();
        return "";
    }

    /// Bytes that the tape has taken: activations and their gradients.
    public long tapeBytes() {
        return tape.arena().capacity();
    }

    /// Gives the activations' memory back until the next update.
    void vacate() {
        tape.vacate();
    }

    @Override
    public void close() {
        tape.close();
        optimizer.close();
    }
}
