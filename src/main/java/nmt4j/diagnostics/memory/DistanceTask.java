package nmt4j.diagnostics.memory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import nmt4j.data.Batch;
import nmt4j.data.PackedSentences;
import nmt4j.data.SplitMix;
import nmt4j.kernel.Parallel;
import nmt4j.model.ModelFactory;
import nmt4j.model.TranslationModel;
import nmt4j.optim.Schedule;
import nmt4j.tensor.Tape;
import nmt4j.text.Vocabulary;
import nmt4j.training.Step;

/// The question of the textbooks on vanishing gradients: "Jane walked into the room. John walked in too. … Jane said hi to
/// …" – whom? The answer stands at the beginning, and a number of words, which say nothing of it, before the question. One
/// model is trained on all distances alike, then asked at each.
///
/// A source is A, "in", B, "in", filler words, one of A and B, "to"; the answer, one word, is the other.
///
/// @param distances  numbers of filler words
/// @param updates    of each model
public record DistanceTask(List<Integer> distances, int updates) {
    private static final int NAMES = 10;
    private static final int FILLERS = 30;
    private static final int FIRST = Vocabulary.SPECIALS.size();
    private static final int IN = FIRST + NAMES;
    private static final int TO = IN + 1;
    /// V of both sides.
    static final int VOCABULARY = TO + 1 + FILLERS;
    private static final int BATCH = 32;
    private static final int ASKED = 200;
    private static final long TEST = -1;

    /// Trains models of all families side by side, each on one thread, those first that take longest.
    ///
    /// @param seeds     models of each family
    /// @param onUpdate  is run after each update, by the thread that trains
    /// @return          of each seed the accuracies
    public Map<Family, double[][]> compare(int seeds, int threads, Runnable onUpdate) {
        var families = Family.values();
        var accuracies = new EnumMap<Family, double[][]>(Family.class);
        for (var family : families) accuracies.put(family, new double[seeds][]);
        try (var parallel = new Parallel(threads)) {
            parallel.tiles(seeds * families.length, i -> {
                var family = families[families.length - 1 - i / seeds];
                accuracies.get(family)[i % seeds] = accuracies(family, i % seeds + 1, onUpdate);
            });
        }
        return accuracies;
    }

    /// The share of right answers at each distance, after equal training. To guess among the two gives a half.
    double[] accuracies(Family family, long seed, Runnable onUpdate) {
        var config = family.config(updates);
        var schedule = Schedule.of(config.training().schedule(), config.model().modelSize());
        try (var parallel = new Parallel(1);
                var model = ModelFactory.declare(config.model(), VOCABULARY, VOCABULARY)) {
            model.parameters().allocate(true);
            model.parameters().initialize(seed);
            try (var step = new Step(model, config.training(), seed, parallel)) {
                for (int u = 1; u <= updates; u++) {
                    var batch = batch(distances.get(u % distances.size()), BATCH, SplitMix.mix(seed, u));
                    step.run(() -> batch, u, schedule.rate(u));
                    onUpdate.run();
                }
            }
            return asked(model, seed, parallel);
        }
    }

    private double[] asked(TranslationModel model, long seed, Parallel parallel) {
        var accuracies = new double[distances.size()];
        try (var tape = Tape.inference(parallel)) {
            for (int i = 0; i < accuracies.length; i++) {
                tape.begin(0);
                var batch = batch(distances.get(i), ASKED, SplitMix.mix(SplitMix.mix(seed, TEST), i));
                accuracies[i] = model.evaluate(tape, batch, 0).accuracy();
            }
        }
        return accuracies;
    }

    /// Questions at one distance.
    static Batch batch(int distance, int questions, long key) {
        var sources = new ArrayList<int[]>();
        var answers = new ArrayList<int[]>();
        for (int i = 0; i < questions; i++) {
            long k = SplitMix.mix(key, i);
            int a = FIRST + SplitMix.below(NAMES, SplitMix.mix(k, 0));
            int b = FIRST + (a - FIRST + 1 + SplitMix.below(NAMES - 1, SplitMix.mix(k, 1))) % NAMES;
            boolean first = SplitMix.below(2, SplitMix.mix(k, 2)) == 0;
            var source = new int[distance + 6];
            source[0] = a;
            source[1] = IN;
            source[2] = b;
            source[3] = IN;
            for (int t = 0; t < distance; t++) source[4 + t] = TO + 1 + SplitMix.below(FILLERS, SplitMix.mix(k, 3 + t));
            source[distance + 4] = first ? a : b;
            source[distance + 5] = TO;
            sources.add(source);
            answers.add(new int[] {first ? b : a});
        }
        var starts = PackedSentences.of(Collections.nCopies(questions, new int[] {Vocabulary.START}));
        var asked = Batch.of(sources, answers);
        return new Batch(asked.source(), starts, PackedSentences.of(answers), asked.pairs(), asked.next(), true);
    }
}
