package nmt4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import nmt4j.Failure;
import nmt4j.cli.SearchOptions.Wanted;
import nmt4j.decoding.Alignments;
import nmt4j.decoding.Request;
import nmt4j.decoding.TranslationFormat;
import nmt4j.decoding.Translator;
import nmt4j.model.DurableFile;
import nmt4j.text.LineReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `nmt translate`: lines in, lines out, in order, as they come.
@Command(name = "translate", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Translates lines: one line out for each line in, in order, while the input is still open.%n")
public final class TranslateCommand implements Callable<Integer> {
    private enum Format { TEXT, MOSES, JSONL }

    private final Streams streams;

    @Mixin
    private ModelOptions models;

    @Option(names = "--input", paramLabel = "FILE", description = "What to translate, .gz too (default: stdin).")
    private Optional<Path> input = Optional.empty();

    @Option(names = "--output", paramLabel = "FILE",
            description = "Where to write; it is there when all is done (default: stdout).")
    private Optional<Path> output = Optional.empty();

    @Mixin
    private TranslationOptions translation;

    @Mixin
    private AlignmentOption alignment;

    @Option(names = "--n-best", paramLabel = "K",
            description = "K translations of each line, in Moses's format unless told.")
    private Optional<Integer> best = Optional.empty();

    @Option(names = "--format", paramLabel = "FORMAT",
            description = "text, moses (N ||| TEXT ||| LOG P ||| SCORE) or jsonl.")
    private Optional<Format> format = Optional.empty();

    @Option(names = "--strict", description = "Stop at invalid UTF-8, in place of reading U+FFFD there.")
    private boolean strict;

    @Mixin
    private BatchTokensOption batch;

    @Mixin
    private Threads threads;

    private final InvalidLines invalid = new InvalidLines();
    private long failed;

    public TranslateCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        BeamOptions.requireHypotheses("--n-best", best.orElse(1));
        translation.search().requireSeedUsed();
        if (output.isPresent() && Files.isDirectory(output.get()))
            throw Failure.mistake("--output: " + output.get() + ": a folder, expected a file");
        try (var lines = open()) {
            try (var loaded = models.load();
                    var translator = Translator.of(loaded.ensemble(),
                            translation.search(loaded, best.orElse(1), wanted(), alignments()),
                            new Translator.Options(
                                    threads.count(), batch.tokens(), Integer.MAX_VALUE, alignments()))) {
                if (output.isEmpty() || !DurableFile.canReplace(output.get())) translate(translator, lines);
                else DurableFile.write(output.get(),
                        channel -> translate(translator, lines,
                                new OutputStreamWriter(Channels.newOutputStream(channel), UTF_8)));
            }
        }
        if (failed == 0) return 0;
        throw Failure.check(String.format(Locale.ROOT,
                "%,d lines have no translation and are empty in the output, see above", failed));
    }

    private Alignments alignments() {
        return translation.alignments(alignment.linking());
    }

    private LineReader open() {
        if (input.isPresent()) return strict ? LineReader.strict(input.get()) : LineReader.lenient(input.get());
        return strict ? LineReader.strict(streams.in(), "stdin") : LineReader.lenient(streams.in(), "stdin");
    }

    private void translate(Translator translator, LineReader lines) throws IOException {
        if (output.isEmpty()) {
            translate(translator, lines, streams.out());
        } else {
            try (var out = new NamedOutput(output.get())) {
                translate(translator, lines, new OutputStreamWriter(out, UTF_8));
            }
        }
    }

    private void translate(Translator translator, LineReader lines, Writer out) throws IOException {
        var buffered = new BufferedWriter(out, 1 << 16);
        try (var progress = new Progress(streams, "translating lines", 0)) {
            var sink = new TranslationOutput(buffered, format(), streams, output.isPresent() ? progress::at : _ -> {
            });
            try (var demands = translation.demands()) {
                translator.translate(demands.of(() -> next(lines)), sink);
            }
            buffered.flush();
            failed = sink.failed();
        }
        invalid.tell(streams.err());
    }

    private Optional<Request> next(LineReader lines) {
        var request = Request.Source.of(lines).next();
        invalid.look(lines);
        if (lines.isCut())
            streams.err().printf(Locale.ROOT, "nmt: line %d: cut after %,d characters%n", lines.number(),
                    lines.line().length());
        return request;
    }

    private Wanted wanted() {
        return chosen() == Format.TEXT ? Wanted.WORDS : Wanted.SCORES;
    }

    private Format chosen() {
        return format.orElse(best.isPresent() ? Format.MOSES : Format.TEXT);
    }

    private TranslationFormat format() {
        var chosen = chosen();
        if (chosen == Format.TEXT && best.orElse(1) > 1)
            throw Failure.mistake("--format: text has one translation a line, but --n-best is " + best.get()
                    + " (try moses or jsonl)");
        return switch (chosen) {
            case TEXT -> TranslationFormat.TEXT;
            case MOSES -> TranslationFormat.MOSES;
            case JSONL -> TranslationFormat.jsonLines();
        };
    }
}
