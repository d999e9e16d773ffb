package nmt4j.diagnostics;

import java.util.ArrayList;
import java.util.List;
import nmt4j.decoding.DecoderAttention;
import nmt4j.decoding.Ensemble;
import nmt4j.model.LoadedModel;
import nmt4j.report.AttentionPicture;
import nmt4j.text.TextCodec;
import nmt4j.text.Vocabulary;

/// Pictures of where a decoder looks as it writes given translations.
public record AttentionReader(LoadedModel model) {
    /// @param sources, targets  lines of text
    /// @return                  a row for each subword of the target and its end; no parts if the model has no attention
    public List<AttentionPicture> read(List<String> sources, List<String> targets) {
        var read = DecoderAttention.read(Ensemble.of(model), sources, targets);
        var pictures = new ArrayList<AttentionPicture>();
        for (int i = 0; i < sources.size(); i++) {
            var parts = new ArrayList<AttentionPicture.Part>();
            read.get(i).heads().forEach((head, weights) -> parts
                    .add(new AttentionPicture.Part(head.layer(), head.head(), weights)));
            pictures.add(new AttentionPicture(tokens(model.source(), sources.get(i)),
                    tokens(model.target(), targets.get(i)), parts));
        }
        return pictures;
    }

    private static List<String> tokens(TextCodec codec, String line) {
        var tokens = new ArrayList<>(codec.subwords(line));
        tokens.add(Vocabulary.SPECIALS.get(Vocabulary.END));
        return tokens;
    }
}
