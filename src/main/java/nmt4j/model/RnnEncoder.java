package nmt4j.model;

import java.util.ArrayList;
import java.util.List;
import nmt4j.data.PackedSentences;
import nmt4j.nn.RecurrentLayer;
import nmt4j.tensor.Operations;
import nmt4j.tensor.Rows;
import nmt4j.tensor.Sentences;
import nmt4j.tensor.Tape;
import nmt4j.tensor.Tensor;
import nmt4j.tensor.TimeSteps;

/// A recurrent encoder of any depth, in one direction or both.
///
/// @param dropout   of what goes from layer to layer
/// @param residual  whether a layer's input is added to its output, from the second layer on (Wu et al. 2016, section 3.1)
/// @param reversed  whether sentences are read from their end (Sutskever, Vinyals & Le 2014, section 3.3)
/// @param attended  whether the decoder looks at every state, and not at the last ones only
record RnnEncoder(RnnEmbedding embedding, List<RecurrentLayer> layers, float dropout, boolean residual,
        boolean reversed, boolean attended)
        implements Encoder {

    @Override
    public Encoded encode(Tape tape, PackedSentences source) {
        var sentences = new Sentences(source.offsets());
        var steps = reversed ? TimeSteps.reversed(sentences) : TimeSteps.forward(sentences);
        if (tape.truncation() < steps.size() && !attended && RnnEncoderChunks.arePossible(layers))
            return new RnnEncoderChunks(this, steps, steps.arrange(source.tokens())).encode(tape, sentences);
        var last = new ArrayList<Tensor>();
        var x = stack(tape, steps.arrange(source.tokens()), (l, y) -> {
            var output = layers.get(l).apply(y, steps);
            last.add(output.last()); // [B, parts · H]
            return output.all();     // [S, H]
        });
        return new Encoded(Rows.choose(x, steps.rowOfPacked()), sentences, last);
    }

    /// Layer l's outputs [S, H] from its inputs.
    interface LayerRun {
        Tensor run(int l, Tensor x);
    }

    /// What the highest layer makes of words, steps one after the other [S, H].
    Tensor stack(Tape tape, int[] tokens, LayerRun layer) {
        var x = embedding.apply(tape, tokens); // [S, E]
        for (int l = 0; l < layers.size(); l++) {
            if (l > 0) x = Operations.dropout(x, dropout);
            var y = layer.run(l, x);           // [S, H]
            x = l > 0 && residual ? Operations.addDropped(x, y, 0) : y;
        }
        return x;
    }
}
