package nmt4j.diagnostics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import nmt4j.data.PackedSentences;
import nmt4j.kernel.Parallel;
import nmt4j.model.LoadedModel;
import nmt4j.report.AttentionPicture;
import nmt4j.tensor.Tape;
import nmt4j.text.TextCodec;
import nmt4j.text.Vocabulary;

/// Reads out where a decoder looks as it writes a given translation, step by step as in a search.
public record AttentionReader(LoadedModel model) {
    /// Of a layer and a head, both from 0.
    private record Place(int layer, int head) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            return layer != other.layer ? Integer.compare(layer, other.layer) : Integer.compare(head, other.head);
        }
    }

    /// @param source, target  lines of text
    /// @return                a row for each subword of the target and its end; no parts if the model has no attention
    public AttentionPicture read(String source, String target) {
        var words = model.target().encode(target);
        var places = new TreeMap<Place, float[][]>();
        try (var parallel = new Parallel(1); var keep = Tape.inference(parallel);
                var step = Tape.inference(parallel)) {
            keep.begin(0);
            var state = model.model().start(keep, PackedSentences.of(List.of(ended(model.source().encode(source)))));
            for (int t = 0; t <= words.length; t++) {
                int now = t;
                step.begin(0);
                state = state.step(step, new int[] {t == 0 ? Vocabulary.START : words[t - 1]},
                        (layer, head, _, weights) -> places.computeIfAbsent(new Place(layer, head),
                                _ -> new float[words.length + 1][])[now] = weights)
                        .state();
            }
        }
        var parts = new ArrayList<AttentionPicture.Part>();
        places.forEach((place, weights) -> parts
                .add(new AttentionPicture.Part(place.layer + 1, place.head + 1, weights)));
        return new AttentionPicture(tokens(model.source(), source), tokens(model.target(), target), parts);
    }

    private static int[] ended(int[] ids) {
        var ended = Arrays.copyOf(ids, ids.length + 1);
        ended[ids.length] = Vocabulary.END;
        return ended;
    }

    private static List<String> tokens(TextCodec codec, String line) {
        var tokens = new ArrayList<>(codec.subwords(line));
        tokens.add(Vocabulary.SPECIALS.get(Vocabulary.END));
        return tokens;
    }
}
