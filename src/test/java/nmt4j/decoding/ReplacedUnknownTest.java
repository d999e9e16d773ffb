package nmt4j.decoding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import nmt4j.Failure;
import nmt4j.decoding.Alignments.Unknown;
import nmt4j.decoding.SubwordAttention.Moment;
import nmt4j.decoding.TinyModel.Family;
import nmt4j.text.BpeTokenizer;
import nmt4j.text.TextCodec;
import nmt4j.text.Vocabulary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// `--replace-unknown`: an unknown word becomes the source word that it looks at most.
class ReplacedUnknownTest {
    private static final int V = 7; // three words, which random models mix with <unk>
    private static final List<String> LINES = List.of("a b c", "Zebra b a Quagga", "c Quagga", "b b Zebra a", "Zebra");

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WITHOUT_ATTENTION")
    void anUnknownWordBecomesTheSourceWordWithTheLargestSoftLink(Family family) {
        int unknown = 0;
        var taken = new HashSet<String>();
        for (int seed = 1; seed <= 5; seed++)
            try (var tiny = TinyModel.of(family, V, seed)) {
                tiny.model().output().layer().bias().value().set(0, Vocabulary.UNKNOWN, 2);
                for (var moment : Moment.values()) {
                    var kept = translate(tiny, family, new Alignments(Optional.of(new Linking.Soft()), moment,
                            Unknown.KEPT));
                    var replaced = translate(tiny, family, new Alignments(Optional.empty(), moment, Unknown.REPLACED));
                    for (int i = 0; i < LINES.size(); i++) {
                        var expected = expected(LINES.get(i).split(" "), kept.get(i));
                        assertEquals(String.join(" ", expected), replaced.get(i).text());
                        for (int j = 0; j < expected.size(); j++)
                            if (kept.get(i).tokens().get(j).equals("<unk>")) {
                                unknown++;
                                taken.add(expected.get(j));
                            }
                    }
                }
            }
        assertTrue(unknown > 10 && taken.size() > 2, unknown + " unknown words became " + taken);
    }

    private static List<String> expected(String[] source, Translation.Candidate kept) {
        var words = new ArrayList<>(kept.tokens());
        for (int j = 0; j < words.size(); j++) {
            if (!words.get(j).equals("<unk>")) continue;
            var weights = new double[source.length];
            for (var link : kept.alignment().orElseThrow())
                if (link.target() == j) weights[link.source()] = link.weight();
            int most = 0;
            for (int i = 1; i < weights.length; i++) if (weights[i] > weights[most]) most = i;
            words.set(j, source[most]);
        }
        return words;
    }

    private static List<Translation.Candidate> translate(TinyModel tiny, Family family, Alignments alignments) {
        var settings = Settings.of(family.config().decoding());
        try (var translator = new Translator(Ensemble.of(tiny.loaded(family, V)),
                Search.withAttention(Search.beam(settings, 1), settings),
                new Translator.Options(1, 64, 40, alignments))) {
            return translator.translate(LINES).stream().peek(Translation::requireSuccess)
                    .map(translation -> translation.candidates().getFirst()).toList();
        }
    }

    @Test
    void aModelWithoutAttentionSaysSo() {
        try (var tiny = TinyModel.of(Family.WITHOUT_ATTENTION, V, 1)) {
            var failure = assertThrows(Failure.class, () -> translate(tiny, Family.WITHOUT_ATTENTION,
                    new Alignments(Optional.empty(), Moment.PREDICTING, Unknown.REPLACED)));
            assertTrue(failure.getMessage().contains("attention: the model has none"), failure.getMessage());
        }
    }

    /// Subwords of the source give their whole word; subwords of the target before an unknown one stay as they are.
    @Test
    void aSubwordGivesItsWholeWord() {
        var codec = new TextCodec(BpeTokenizer.learn(List.of("a"), 0),
                Vocabulary.of(List.of("<unk>", "<pad>", "<s>", "</s>", "a", "a@@", "b")), false);
        var attention = new SubwordAttention(new float[][] {{0.2f, 0.3f, 0.4f, 0.1f}, {0.5f, 0.2f, 0.2f, 0.1f}},
                new int[] {0, 0, 1}, new int[] {0, 1});
        var hypothesis = new Hypothesis(new int[] {Vocabulary.UNKNOWN, 6}, new float[3], 0);
        var written = new Alignments(Optional.empty(), Moment.PREDICTING, Unknown.REPLACED).written(hypothesis,
                codec.tokens(hypothesis.tokens()), attention, List.of("aa", "Zebra"));
        assertEquals(Arrays.asList("Zebra", "b"), written);
        assertEquals("Zebra b", codec.tokenizer().decode(written));
    }
}
