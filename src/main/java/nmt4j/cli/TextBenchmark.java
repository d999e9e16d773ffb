package nmt4j.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nmt4j.Failure;
import nmt4j.decoding.Alignments;
import nmt4j.decoding.Request;
import nmt4j.decoding.Search;
import nmt4j.decoding.Settings;
import nmt4j.decoding.Translation;
import nmt4j.decoding.Translator;
import nmt4j.service.Limits;
import nmt4j.service.Server;
import nmt4j.service.ServerBenchmark;

/// The speed of translating real sentences: as `nmt translate` does, and through a server.
///
/// @param beam  its size
/// @param text  a sentence a line
record TextBenchmark(EnsembleOptions.Loaded models, int beam, int threads, List<String> text) {
    TextBenchmark {
        if (text.isEmpty()) throw Failure.mistake("bench: --source has no lines");
    }

    private Settings settings() {
        return Settings.of(models.decoding()).withBeam(beam);
    }

    private Translator translator() {
        return Translator.of(models.ensemble(), Search.words(settings()), threads, Translator.Options.BATCH_TOKENS);
    }

    /// Translations of the whole text again and again, for some seconds after as many to warm up.
    void translate(double seconds, BenchReport report) throws IOException {
        try (var translator = translator()) {
            rate(translator, Math.min(20, seconds));
            double rate = rate(translator, seconds);
            report.say("beam %d, %d threads: %,.1f sentences/s of %,d, %.2f ms a sentence", beam, threads, rate,
                    text.size(), 1e3 / rate).figure("sentencesPerSecond", rate);
        }
    }

    private double rate(Translator translator, double seconds) throws IOException {
        long start = System.nanoTime();
        long sentences = 0;
        do {
            sentences += stream(translator, text).size();
        } while (System.nanoTime() - start < seconds * 1e9);
        return sentences / ((System.nanoTime() - start) / 1e9);
    }

    private static List<Translation> stream(Translator translator, List<String> lines) throws IOException {
        var found = new ArrayList<Translation>();
        var left = lines.iterator();
        translator.translate(
                () -> left.hasNext() ? Optional.of(Request.of(found.size() + 1, left.next())) : Optional.empty(),
                new Translator.Sink() {
                    @Override
                    public void accept(Translation translation, boolean carriageReturn) {
                        found.add(translation);
                    }

                    @Override
                    public void flush() {}
                });
        return found;
    }

    /// Requests of one sentence each by clients that each wait for their answer, beside `translate` on the same sentences.
    ///
    /// @throws Failure  if an answer is missing or wrong
    void serve(int requests, int clients, BenchReport report) throws IOException {
        var lines = new ArrayList<String>();
        for (int i = 0; i < requests; i++) lines.add(text.get(i % text.size()));
        try (var translator = translator()) {
            stream(translator, lines); // warms up
            long start = System.nanoTime();
            var expected = Translation.texts(stream(translator, lines));
            double alone = requests / ((System.nanoTime() - start) / 1e9);
            var result = served(translator, lines, expected, clients);
            double rate = requests / result.seconds();
            report.say("beam %d, %d threads: translate: %,.1f sentences/s; served: %,.1f (%.0f %%)", beam, threads,
                    alone,
                    rate, 100 * rate / alone);
            report.say("%,d requests of one sentence by %d clients: %,d answered, %,d right", requests, clients,
                    result.answered(), result.right());
            report.figure("translateSentencesPerSecond", alone).figure("servedSentencesPerSecond", rate)
                    .figure("answered", result.answered()).figure("right", result.right());
            if (result.right() < requests) throw Failure.check(requests - result.right() + " requests of " + requests
                    + " have no answer or another than translate's");
        }
    }

    /// By the translator's models; a server's answers have scores.
    private ServerBenchmark.Result served(Translator translator, List<String> lines, List<String> expected,
            int clients) {
        var scoring = translator.searching(Search.beam(settings(), 1), Alignments.NONE);
        var limits = new Limits(1 << 20, 1000, 4096, 600);
        try (var server = new Server(new InetSocketAddress("localhost", 0), limits, _ -> scoring)) {
            ServerBenchmark.run(server.port(), lines, expected, clients); // warms up, as much as translate was
            return ServerBenchmark.run(server.port(), lines, expected, clients);
        }
    }
}
