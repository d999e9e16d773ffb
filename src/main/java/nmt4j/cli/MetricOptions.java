package nmt4j.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nmt4j.Failure;
import nmt4j.evaluation.Bleu;
import nmt4j.evaluation.BleuTokenizer;
import nmt4j.evaluation.Chrf;
import nmt4j.evaluation.Metric;
import nmt4j.evaluation.Smoothing;
import nmt4j.evaluation.Ter;
import nmt4j.model.LoadedModel;
import picocli.CommandLine.Option;

/// Which metrics, and their settings, spelled as sacreBLEU spells them; for `@Mixin`.
final class MetricOptions {
    enum Name { BLEU, CHRF, TER }

    @Option(names = {"-m", "--metrics"}, arity = "1..*", paramLabel = "METRIC", defaultValue = "bleu",
            description = "bleu, chrf, ter (default: bleu). With --chrf-word-order 2, chrf is chrF++.")
    private List<Name> names;

    @Option(names = {"-tok", "--tokenize"}, paramLabel = "NAME",
            description = "BLEU: 13a, intl, zh, char or none (default: 13a; of a model on words or bpe: none).")
    private String tokenizer;

    @Option(names = {"-lc", "--lowercase"}, description = "BLEU: ignore letter case.")
    private boolean lowercase;

    @Option(names = {"-s", "--smooth-method"}, paramLabel = "NAME", defaultValue = "exp",
            description = "BLEU: exp, floor, add-k or none (default: exp).")
    private String smoothing;

    @Option(names = {"-sv", "--smooth-value"}, paramLabel = "X",
            description = "BLEU: the value of floor (default: 0.1) or add-k (default: 1).")
    private Double smoothValue;

    @Option(names = "--max-ngram-order", paramLabel = "N", defaultValue = "4",
            description = "BLEU: the highest n-gram order (default: 4).")
    private int maxOrder;

    @Option(names = "--effective-order",
            description = "BLEU: leave out orders that a short text has no n-gram of; sentence level always does.")
    private boolean effectiveOrder;

    @Option(names = "--force", description = "BLEU: do not warn of text that looks tokenised.")
    private boolean force;

    @Option(names = {"-cc", "--chrf-char-order"}, paramLabel = "N", defaultValue = "6",
            description = "chrF: the highest order of character n-grams (default: 6).")
    private int charOrder;

    @Option(names = {"-cw", "--chrf-word-order"}, paramLabel = "N", defaultValue = "0",
            description = "chrF: the highest order of word n-grams (default: 0; 2 for chrF++).")
    private int wordOrder;

    @Option(names = "--chrf-beta", paramLabel = "N", defaultValue = "2",
            description = "chrF: how much more recall weighs than precision (default: 2).")
    private int beta;

    @Option(names = "--chrf-whitespace", description = "chrF: count white space as characters.")
    private boolean whitespace;

    @Option(names = "--chrf-lowercase", description = "chrF: ignore letter case.")
    private boolean chrfLowercase;

    @Option(names = "--chrf-eps-smoothing", description = "chrF: average the orders' F-scores, as chrF++.py does.")
    private boolean eps;

    @Option(names = "--ter-case-sensitive", description = "TER: heed letter case.")
    private boolean caseSensitive;

    @Option(names = "--ter-asian-support", description = "TER: let the next two see East Asian characters.")
    private boolean asianSupport;

    @Option(names = "--ter-no-punct", description = "TER: take out punctuation.")
    private boolean noPunct;

    @Option(names = "--ter-normalized", description = "TER: tokenise.")
    private boolean normalized;

    /// In sacreBLEU's order, each once.
    List<Metric> metrics() {
        var metrics = new ArrayList<Metric>();
        for (var name : names.stream().sorted().distinct().toList())
            metrics.add(switch (name) {
                case BLEU -> bleu();
                case CHRF -> chrf();
                case TER -> ter();
            });
        return metrics;
    }

    private Bleu bleu() {
        var bleu = Bleu.standard().tokenizedBy(tokenizer()).smoothedBy(smoothing()).upTo(maxOrder);
        if (lowercase) bleu = bleu.lowercased();
        return effectiveOrder ? bleu.withEffectiveOrder() : bleu;
    }

    private Chrf chrf() {
        var chrf = Chrf.standard().withWordOrder(wordOrder).withCharOrder(charOrder).withBeta(beta);
        if (chrfLowercase) chrf = chrf.lowercased();
        if (whitespace) chrf = chrf.withWhitespace();
        return eps ? chrf.withEpsSmoothing() : chrf;
    }

    private Ter ter() {
        var ter = Ter.standard();
        if (normalized) ter = ter.withNormalization();
        if (noPunct) ter = ter.withoutPunctuation();
        if (asianSupport) ter = ter.withAsianSupport();
        return caseSensitive ? ter.cased() : ter;
    }

    /// BLEU as it fits what a model writes, unless told otherwise.
    void fit(LoadedModel model) {
        if (tokenizer == null) tokenizer = ModelTranslations.tokenizer(model).label();
        lowercase |= model.config().data().lowercase();
        force |= tokenizer.equals(BleuTokenizer.NONE.label());
    }

    private BleuTokenizer tokenizer() {
        if (tokenizer == null) return BleuTokenizer.V13A;
        var known = Arrays.stream(BleuTokenizer.values()).map(BleuTokenizer::label).toList();
        return BleuTokenizer.named(tokenizer).orElseThrow(() -> Failure.mistake(
                "--tokenize: unknown tokenizer " + tokenizer + ", expected one of " + known));
    }

    private Smoothing smoothing() {
        return switch (smoothing) {
            case "exp" -> new Smoothing.Exponential();
            case "none" -> new Smoothing.None();
            case "floor" -> new Smoothing.Floor(smoothValue == null ? Smoothing.Floor.DEFAULT : smoothValue);
            case "add-k" -> new Smoothing.AddK(smoothValue == null ? Smoothing.AddK.DEFAULT : smoothValue);
            default -> throw Failure.mistake("--smooth-method: unknown method " + smoothing
                    + ", expected one of [exp, floor, add-k, none]");
        };
    }

    /// Says on stderr if BLEU would tokenise once more what has been tokenised.
    void warnIfTokenized(List<String> hypotheses, String file, Streams streams) {
        if (!force && names.contains(Name.BLEU) && Bleu.looksTokenized(hypotheses))
            streams.err().println("nmt: " + file + ": 100 lines or more end in a tokenised period (' .'): detokenise"
                    + " first, or the score may suffer (--force silences this)");
    }
}
