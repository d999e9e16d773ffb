package nmt4j.cli;

import static nmt4j.cli.BeamOptions.require;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import nmt4j.Failure;
import nmt4j.config.DecodingConfig;
import nmt4j.decoding.Alignments;
import nmt4j.decoding.DecoderAttention;
import nmt4j.decoding.Effort;
import nmt4j.decoding.Search;
import nmt4j.decoding.Settings;
import nmt4j.decoding.TokenDistribution;
import nmt4j.evaluation.Bleu;
import nmt4j.evaluation.Chrf;
import nmt4j.evaluation.Metric;
import nmt4j.evaluation.SignificanceTest;
import nmt4j.text.TextCodec;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How to find translations, by beam search or at random; for `@Mixin`.
final class SearchOptions {
    private static final String SAMPLES = "samples";

    @Mixin
    private BeamOptions beam;

    @Option(names = "--sample", description = "Draw translations at random from the model's distribution.")
    private boolean sample;

    @Option(names = "--temperature", paramLabel = "T", defaultValue = "1",
            description = "With --sample and --mbr: under 1 likely tokens become likelier.")
    private double temperature;

    @Option(names = "--top-k", paramLabel = "K", defaultValue = "0",
            description = "With --sample and --mbr: only the K likeliest tokens.")
    private int topK;

    @Option(names = "--top-p", paramLabel = "P", defaultValue = "1",
            description = "With --sample and --mbr: only the fewest tokens that hold this share of the probability.")
    private double topP;

    @Option(names = "--seed", paramLabel = "N",
            description = "Of the random numbers (default: 1; of eval's --confidence " + SignificanceTest.DEFAULT_SEED
                    + ", as sacreBLEU's).")
    private Optional<Long> seed = Optional.empty();

    @Option(names = "--mbr", paramLabel = "METRIC",
            description = "Minimum Bayes risk: of candidates the one most like all of them by chrf or bleu "
                    + "(Eikema & Aziz 2022).")
    private Optional<Utility> utility = Optional.empty();

    @Option(names = "--candidates", paramLabel = "N", description = "With --mbr: how many (default: 100).")
    private Optional<Integer> candidates = Optional.empty();

    @Option(names = "--from", paramLabel = "WHAT",
            description = "With --mbr: candidates are samples or n-best, a beam's (default: samples).")
    private Optional<String> from = Optional.empty();

    @Option(names = "--exact",
            description = "The translation with the highest score of all, by branch and bound (Stahlberg & Byrne "
                    + "2019); jsonl says whether it is proved. Fastest with --length-penalty none.")
    private boolean exact;

    @Option(names = "--exact-steps", paramLabel = "N",
            description = "With --exact and eval's --search-errors: prefixes of a sentence to look at before giving up (default: 10000).")
    private Optional<Long> steps = Optional.empty();

    @Option(names = "--exhaustive", description = "All translations are looked at, of tiny vocabularies and lengths.")
    private boolean exhaustive;

    /// What is wanted of a translation.
    enum Wanted { WORDS, SCORES }

    private enum Utility { CHRF, BLEU }

    /// @param best        translations wanted of each sentence
    /// @param wanted      of each translation; scores always come with more than one
    /// @param alignments  what is made of the attention that they come with
    /// @throws Failure    if the models have not the attention that is needed
    Search search(EnsembleOptions.Loaded models, int best, Wanted wanted, Alignments alignments) {
        return aligned(search(models.decoding(), models.target(), best, wanted), models, alignments);
    }

    /// The search with the attention that is needed.
    ///
    /// @throws Failure  if the models have not that
    Search aligned(Search found, EnsembleOptions.Loaded models, Alignments alignments) {
        var settings = settings(models.decoding(), models.target());
        if (alignments.isNeeded() || settings.coverage() != 0)
            DecoderAttention.require(models.ensemble(), settings.attention());
        return alignments.isNeeded() ? Search.withAttention(found, settings) : found;
    }

    private Search search(DecodingConfig config, TextCodec target, int best, Wanted wanted) {
        require(temperature > 0, "--temperature", temperature, "above 0");
        require(topK >= 0, "--top-k", topK, "at least 1, or 0 for all");
        require(topP > 0 && topP <= 1, "--top-p", topP, "above 0 and at most 1");
        BeamOptions.requireHypotheses("--candidates", candidates());
        require(Set.of(SAMPLES, "n-best").contains(from()), "--from", from(), "samples or n-best");
        if (Stream.of(sample, utility.isPresent(), exact, exhaustive).filter(chosen -> chosen).count() > 1)
            throw Failure.mistake("--sample, --mbr, --exact, --exhaustive: expected one of them at most");
        var settings = beam.settings(config, target);
        boolean isBeam = !sample && utility.isEmpty() && !exact && !exhaustive;
        require(isBeam || settings.coverage() == 0, "--coverage-penalty", settings.coverage(), "0 but in beam search");
        if (utility.isPresent())
            return Search.minimumBayesRisk(candidates(settings), metric(utility.get(), target), target, best);
        if (sample) return sampling(settings, best);
        if (exact) return Search.exact(settings, best, Effort.steps(steps()));
        if (exhaustive) return Search.exhaustive(settings, best);
        return best == 1 && wanted == Wanted.WORDS ? Search.words(settings) : Search.beam(settings, best);
    }

    /// What another search than this one goes by would be passed over in silence.
    ///
    /// @throws Failure  if there is such an option
    void requireUsed() {
        requireDrawn();
        if (!exact && steps.isPresent()) throw Failure.mistake("--exact-steps: goes with --exact");
        if ((sample || utility.isPresent() || exhaustive) && beam.hasWidth())
            throw Failure.mistake("--beam, --early-stopping: go without --sample, --mbr and --exhaustive");
    }

    /// The same where it is said elsewhere how wide beams are.
    ///
    /// @param options  that say so
    void requireUsedWithout(String options) {
        requireBeam(true, options);
        requireDrawn();
        if (beam.hasSize()) throw Failure.mistake("--beam: goes without " + options);
    }

    private void requireDrawn() {
        if (!isDrawn() && (temperature != 1 || topK != 0 || topP != 1))
            throw Failure.mistake("--temperature, --top-k, --top-p: go with --sample or --mbr");
        if (utility.isEmpty() && (candidates.isPresent() || from.isPresent()))
            throw Failure.mistake("--candidates, --from: go with --mbr");
    }

    /// @throws Failure  if there is a seed, and nothing is drawn at random
    void requireSeedUsed() {
        if (!isDrawn() && seed.isPresent())
            throw Failure.mistake("--seed: goes with --sample and --mbr, and with eval's --confidence");
    }

    private boolean isDrawn() {
        return sample || utility.isPresent() && from().equals(SAMPLES);
    }

    /// Whether it is said how many prefixes an exact search looks at.
    boolean hasSteps() {
        return steps.isPresent();
    }

    private int candidates() {
        return candidates.orElse(100);
    }

    private String from() {
        return from.orElse(SAMPLES);
    }

    Optional<Long> seed() {
        return seed;
    }

    /// Prefixes of a sentence that an exact search looks at.
    long steps() {
        long number = steps.orElse(10_000L);
        require(number >= 1, "--exact-steps", number, "at least 1");
        return number;
    }

    Settings settings(DecodingConfig config, TextCodec target) {
        return beam.settings(config, target);
    }

    /// @param needed  whether options are there that only a beam search knows
    void requireBeam(boolean needed, String options) {
        if (needed && (sample || utility.isPresent() || exact || exhaustive))
            throw Failure.mistake(options + ": go with beam search only");
    }

    private Search candidates(Settings settings) {
        return from().equals(SAMPLES) ? sampling(settings, candidates()) : Search.beam(settings, candidates());
    }

    private Search sampling(Settings settings, int samples) {
        return Search.sampling(settings, samples, new TokenDistribution(temperature, topK, topP),
                seed.orElse(1L));
    }

    /// Text of words that are tokenised already is not tokenised once more.
    private static Metric metric(Utility utility, TextCodec target) {
        return switch (utility) {
            case CHRF -> Chrf.standard();
            case BLEU -> Bleu.standard().withEffectiveOrder().tokenizedBy(ModelTranslations.tokenizer(target));
        };
    }
}
