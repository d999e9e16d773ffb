package nmt4j.decoding;

import java.util.ArrayList;
import java.util.List;
import nmt4j.config.DecodingConfig;

/// How to search for translations, and what they may be.
///
/// @param config     what a model's config says
/// @param stopping   when a beam search is done
/// @param coverage   β of GNMT's coverage penalty; 0 for none
/// @param attention  which attention counts, for coverage and alignments
/// @param minimum    the fewest subwords of a translation
/// @param wording    what translations must not say
public record Settings(DecodingConfig config, Stopping stopping, double coverage, AttentionHeads attention, int minimum,
        Wording wording) {
    /// What a config says, and no more.
    public static Settings of(DecodingConfig config) {
        return new Settings(config, Stopping.BOUNDED, 0, AttentionHeads.ALL, 0, Wording.FREE);
    }

    public Settings withMinimum(int tokens) {
        return new Settings(config, stopping, coverage, attention, tokens, wording);
    }

    public Settings withBeam(int size) {
        return new Settings(new DecodingConfig(size, config.lengthPenalty(), config.maxLength()), stopping, coverage,
                attention, minimum, wording);
    }

    /// What translations must not say.
    ///
    /// @param ngram       tokens in a row that must not come again; 0 for none
    /// @param repetition  factor on the log p of tokens that stand in the translation already; 1 for none
    /// @param unknown     whether unknown words may
    /// @param forbidden   ids that must not follow each other, of each phrase
    public record Wording(int ngram, double repetition, Unknown unknown, List<int[]> forbidden) {
        public enum Unknown { ALLOWED, FORBIDDEN }

        public static final Wording FREE = new Wording(0, 1, Unknown.ALLOWED, List.of());
    }

    LengthPenalty penalty() {
        return LengthPenalty.of(config.lengthPenalty());
    }

    Ranking ranking() {
        return new Ranking(penalty(), coverage, attention);
    }

    Lengths lengths() {
        return Lengths.of(config.maxLength(), minimum);
    }

    List<Rule> rules() {
        var rules = new ArrayList<>(List.of(Rule.TEXT_ONLY, Rule.minimumLength(minimum)));
        if (wording.unknown() == Wording.Unknown.FORBIDDEN) rules.add(Rule.NO_UNKNOWN);
        for (var phrase : wording.forbidden()) rules.add(Rule.forbidden(phrase));
        if (wording.ngram() > 0) rules.add(Rule.noRepeatedNgram(wording.ngram()));
        if (wording.repetition() != 1) rules.add(Rule.repetitionPenalty(wording.repetition()));
        return rules;
    }
}
