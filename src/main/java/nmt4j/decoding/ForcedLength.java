package nmt4j.decoding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import nmt4j.config.DecodingConfig;
import nmt4j.config.DecodingConfig.MaxLength;
import nmt4j.config.LengthPenaltyConfig;
import nmt4j.kernel.Parallel;
import nmt4j.kernel.Profile;
import nmt4j.lexicon.Shortlist;
import nmt4j.model.TranslationModel;
import nmt4j.tensor.Tape;

/// Beam search for benchmarks: ids in, and every translation has the same length, so that only speed is compared.
public final class ForcedLength implements AutoCloseable {
    private final Search search;
    private final List<Parallel> inner = new ArrayList<>();
    private final Parallel cores;
    private final Tape projections = Tape.inference(new Parallel(1));
    private final ConcurrentLinkedQueue<Predictor> predictors = new ConcurrentLinkedQueue<>();

    /// @param shortlist  of the words that a translation may consist of, if not of all
    /// @param length     of every translation in tokens, `</s>` not counted
    /// @param threads    that search side by side
    public ForcedLength(TranslationModel model, Optional<Shortlist> shortlist, int beam, int length, int threads) {
        var config = new DecodingConfig(beam, new LengthPenaltyConfig.None(), new MaxLength(0, length));
        search = Search.words(Settings.of(config).withMinimum(length));
        cores = new Parallel(threads);
        var projection = model.output().projection(projections);
        for (int i = 0; i < threads; i++) {
            inner.add(new Parallel(1));
            predictors.add(new ModelPredictor(model, projection, shortlist, 0, inner.getLast()));
        }
    }

    /// Measures operations from now on.
    ///
    /// @return  a profile of each thread's operations, and at last one of whole batches
    public List<Profile> profile() {
        var profiles = new ArrayList<Profile>();
        for (var parallel : inner) parallel.profile(profile(profiles));
        cores.profile(profile(profiles));
        return profiles;
    }

    private static Profile profile(List<Profile> profiles) {
        profiles.add(new Profile());
        return profiles.getLast();
    }

    /// Translates the sources in batches of so many sentences.
    ///
    /// @param sources  ids without `</s>`
    /// @return         for each its translation
    public List<Hypothesis> translate(List<int[]> sources, int batch) {
        var found = new Hypothesis[sources.size()];
        cores.tiles(Math.ceilDiv(sources.size(), batch), i -> {
            var predictor = predictors.remove(); // there are as many as threads
            int begin = i * batch;
            var sentences = new ArrayList<Sentence>();
            for (int j = begin; j < Math.min(sources.size(), begin + batch); j++)
                sentences.add(new Sentence(j + 1, sources.get(j)));
            var translations = search.search(predictor, sentences);
            for (int j = 0; j < translations.size(); j++) found[begin + j] = translations.get(j).getFirst();
            predictors.add(predictor);
        });
        return List.of(found);
    }

    @Override
    public void close() {
        predictors.forEach(Predictor::close);
        projections.close();
        cores.close();
    }
}
