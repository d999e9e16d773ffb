package nmt4j.model;

import java.util.ArrayList;
import nmt4j.data.Batch;
import nmt4j.data.PackedSentences;
import nmt4j.tensor.CrossEntropy;
import nmt4j.tensor.CrossEntropy.Loss;
import nmt4j.tensor.Parameter;
import nmt4j.tensor.Parameters;
import nmt4j.tensor.Tape;

/// A sequence-to-sequence model: p(y | x) = Π p(yₜ | y₁ … yₜ₋₁, x).
public record TranslationModel(Parameters parameters, Encoder encoder, Decoder decoder, OutputLayer output)
        implements AutoCloseable {

    /// Teacher-forced, label-smoothed cross-entropy of a batch, and its gradient in `parameters`.
    ///
    /// @param tape       begun for this batch
    /// @param smoothing  label smoothing ε
    /// @param weight     factor of the summed loss in what is minimised, say 1 / target tokens of the update
    public Loss train(Tape tape, Batch batch, float smoothing, float weight) {
        var loss = loss(tape, batch, smoothing, weight);
        tape.backward();
        return loss;
    }

    /// The loss of a batch on an inference tape, without a gradient.
    public Loss evaluate(Tape tape, Batch batch, float smoothing) {
        return loss(tape, batch, smoothing, 0);
    }

    private Loss loss(Tape tape, Batch batch, float smoothing, float weight) {
        var encoded = encoder.encode(tape, batch.source());
        var targets = batch.targetOutput().tokens();
        var losses = new ArrayList<Loss>();
        decoder.decode(tape, encoded, batch.targetInput(), outputs -> losses.add(CrossEntropy
                .apply(outputs.states(), output.layer(), outputs.arrange(targets), smoothing, weight)));
        return losses.stream().reduce(Loss.NONE, Loss::plus);
    }

    /// The state from which to translate these sentences, on a tape that lives as long as the translation.
    public DecoderState start(Tape tape, PackedSentences source) {
        return decoder.start(encoder.encode(tape, source));
    }

    /// The vectors of a side's words [V, embedding size]; both sides may have the same.
    public Parameter wordVectors(Side side) {
        var own = parameters.get(switch (side) {
            case SOURCE -> "source.embedding";
            case TARGET -> "target.embedding";
        });
        return own == null ? parameters.get("embedding") : own;
    }

    @Override
    public void close() {
        parameters.close();
    }
}
