package nmt4j.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nmt4j.Failure;
import nmt4j.cli.SearchOptions.Wanted;
import nmt4j.decoding.Alignments;
import nmt4j.decoding.Linking;
import nmt4j.decoding.Request;
import nmt4j.decoding.Search;
import nmt4j.decoding.Translation;
import nmt4j.decoding.Translator;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// All that decides which translations are found, and what stands in them; for `@Mixin`.
final class TranslationOptions {
    @Mixin
    private SearchOptions search;

    @Option(names = "--target-prefix", paramLabel = "FILE",
            description = "How each translation must begin, a line for each line of the input.")
    private Optional<Path> prefixes = Optional.empty();

    @Option(names = "--phrases", paramLabel = "FILE",
            description = "What must stand in each translation: a line for each line of the input, tabs between phrases.")
    private Optional<Path> phrases = Optional.empty();

    @Option(names = "--replace-unknown",
            description = "Write the source word that it looks at most in place of an unknown word.")
    private boolean replaceUnknown;

    @Mixin
    private AttentionOfOption attentionOf;

    SearchOptions search() {
        return search;
    }

    /// @param linking  how words are to be linked, if they are
    Alignments alignments(Optional<Linking> linking) {
        return new Alignments(linking, attentionOf.moment(),
                replaceUnknown ? Alignments.Unknown.REPLACED : Alignments.Unknown.KEPT);
    }

    /// @param best    translations wanted of each line
    /// @param wanted  of each of them
    Search search(EnsembleOptions.Loaded models, int best, Wanted wanted, Alignments alignments) {
        search.requireBeam(prefixes.isPresent() || phrases.isPresent(), "--target-prefix, --phrases");
        var found = search.search(models, best, wanted, alignments);
        search.requireUsed();
        return found;
    }

    /// @param options  that go without what each line's translation must hold
    void requireNoDemands(String options) {
        if (prefixes.isPresent() || phrases.isPresent())
            throw Failure.mistake(options + ": not with --target-prefix and --phrases");
    }

    /// @param options  that go without source words in translations
    void requireKeptUnknown(String options) {
        if (replaceUnknown) throw Failure.mistake(options + ": not with --replace-unknown");
    }

    DemandFiles demands() {
        return new DemandFiles(prefixes, phrases);
    }

    /// What models make of a whole text.
    List<Translation> translate(EnsembleOptions.Loaded models, List<String> lines, int threads) {
        return translate(models, search(models, 1, Wanted.WORDS, alignments(Optional.empty())), lines, threads);
    }

    /// The same by a beam of that size.
    List<Translation> translate(EnsembleOptions.Loaded models, int beam, List<String> lines, int threads) {
        var settings = search.settings(models.decoding(), models.target()).withBeam(beam);
        var beamSearch = search.aligned(Search.beam(settings, 1), models, alignments(Optional.empty()));
        return translate(models, beamSearch, lines, threads);
    }

    private List<Translation> translate(EnsembleOptions.Loaded models, Search by, List<String> lines, int threads) {
        var options = new Translator.Options(threads, Translator.Options.BATCH_TOKENS, Integer.MAX_VALUE,
                alignments(Optional.empty()));
        var requests = new ArrayList<Request>();
        try (var demands = demands(); var translator = Translator.of(models.ensemble(), by, options)) {
            for (var line : lines) requests.add(demands.of(Request.of(requests.size() + 1, line)));
            demands.requireEnd();
            return translator.answer(requests);
        }
    }
}
