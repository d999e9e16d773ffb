package nmt4j.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import nmt4j.decoding.ForcedLength;
import nmt4j.diagnostics.TranslateBenchmark;
import nmt4j.kernel.Parallel;
import nmt4j.kernel.Profile;
import nmt4j.lexicon.Shortlist;
import nmt4j.model.TranslationModel;
import nmt4j.tensor.Precision;

/// The speed of beam search over random ids.
///
/// @param shortlist  of the words that a translation may consist of, if not of all
/// @param beam       its size
record DecodingSpeed(TranslationModel model, Optional<Shortlist> shortlist, int beam, BenchEffort effort,
        BenchReport report) {
    void measure(TranslateBenchmark.Load load) {
        var profiles = new ArrayList<Profile>();
        var search = new ForcedLength(model, shortlist, beam, load.targetLength(), effort.threads());
        var result = TranslateBenchmark.run(search, load, model.output().layer().weight().rows(), effort.seconds(),
                effort.profile() ? Optional.of(profiles::addAll) : Optional.empty());
        report.say("%,d parameters, %s, beam %d, batches of %d, %d threads: %,.0f target tokens/s, %.1f sentences/s, "
                + "%.2f ms a sentence", model.parameters().count(),
                model.parameters().precision().name().toLowerCase(Locale.ROOT), beam, load.sentences(),
                effort.threads(),
                result.targetTokensPerSecond(), result.sentencesPerSecond(), 1e3 / result.sentencesPerSecond());
        report.say("products: %.0f GFLOP/s; %,.1f KB of objects a sentence", result.gigaflops(),
                result.allocated() / 1e3 / result.sentences());
        report.figure("parameters", model.parameters().count()).figure("threads", effort.threads())
                .figure("targetTokensPerSecond", result.targetTokensPerSecond())
                .figure("sentencesPerSecond", result.sentencesPerSecond()).figure("gigaflops", result.gigaflops())
                .figure("allocatedBytesPerSentence", (double) result.allocated() / result.sentences());
        if (effort.profile()) profile(profiles, result, load.sentences());
    }

    private void profile(List<Profile> profiles, TranslateBenchmark.Result result, int batch) {
        var operations = new Profile();
        profiles.subList(0, profiles.size() - 1).forEach(operations::add);
        double idle = result.seconds() * 1e9 * effort.threads();
        for (var whole : profiles.getLast().entries().values()) idle -= whole.busy();
        try (var parallel = new Parallel(effort.threads())) {
            report.profile(new ProfileTable(operations,
                    new ProfileTable.Span(result.sentences() / batch, result.seconds(), idle), "a batch",
                    new ProfileTable.Cores(effort.threads(), 1), effort.peaks(parallel, Precision.FLOAT32)));
        }
    }
}
