package nmt4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import nmt4j.Failure;
import nmt4j.config.Config;
import nmt4j.config.CorpusConfig;
import nmt4j.config.DataConfig;
import nmt4j.data.TextCodecs;
import nmt4j.diagnostics.corpus.CleanCorpus;
import nmt4j.diagnostics.corpus.CorpusCheck;
import nmt4j.diagnostics.corpus.CorpusFindings;
import nmt4j.diagnostics.corpus.Coverage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `nmt check data`: what is wrong with a corpus, before hours go into training on it.
@Command(name = "data", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Looks for what is wrong with a config's corpora: bytes, characters, lengths, languages, duplicates, "
                + "sentences of the validation and test sets in the training corpus, and unknown words.%n",
        footer = {"",
                "Exit code 3 if training would refuse a file: unequal numbers of lines, or bytes that are not UTF-8."})
public final class CheckDataCommand implements Callable<Integer> {
    enum Format { TEXT, JSON }

    @Parameters(paramLabel = "CONFIG", description = "A JSON file; only its data is looked at.")
    private Path file;

    @Option(names = "--set", paramLabel = "KEY=VALUE",
            description = "In place of what the file says; may be repeated.")
    private List<String> settings = List.of();

    @Option(names = "--test", arity = "2", paramLabel = "FILE",
            description = "A test set's source and target; may be repeated.")
    private List<Path> tests = List.of();

    @Option(names = "--format", paramLabel = "FORMAT", description = "text or json (default: text).")
    private Format format = Format.TEXT;

    @Option(names = "--write-clean", paramLabel = "PREFIX",
            description = "Write the training pairs that are good, and those that are not with the reasons.")
    private Path prefix;

    @Option(names = "--no-vocabulary", description = "Leave out coverage: learn no merges and no vocabulary.")
    private boolean noVocabulary;

    private final Streams streams;

    public CheckDataCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        var data = Config.load(file, settings).data();
        var others = others(data);
        var check = CorpusCheck.of(data.train(), others.stream().map(CorpusConfig::source).toList(), Long.MAX_VALUE);
        var findings = new ArrayList<>(train(check, data, others));
        for (var set : others) findings.add(check.heldOut(set));
        boolean refused = findings.stream().anyMatch(CorpusFindings::isRefused);
        var coverage = noVocabulary || refused ? List.<CoverageOf>of() : coverage(data, others);
        switch (format) {
            case TEXT -> new DataReport(findings, coverage).print(streams);
            case JSON -> new DataReport(findings, coverage).printJson(streams);
        }
        return refused ? 3 : 0;
    }

    /// The validation set and the test sets.
    private List<CorpusConfig> others(DataConfig data) {
        if (tests.size() % 2 != 0) throw Failure.mistake("--test: expected a source and a target file");
        var others = new ArrayList<CorpusConfig>();
        data.validation().ifPresent(others::add);
        for (int i = 0; i < tests.size(); i += 2) others.add(new CorpusConfig(tests.get(i), tests.get(i + 1)));
        return others;
    }

    private List<CorpusFindings> train(CorpusCheck check, DataConfig data, List<CorpusConfig> others) {
        if (prefix == null) return check.train(data.train(), CorpusCheck.Reader.NONE);
        var read = new ArrayList<>(data.train());
        read.addAll(others);
        try (var clean = new CleanCorpus(prefix, read)) {
            var findings = check.train(data.train(), clean);
            if (findings.stream().allMatch(f -> f.unequal().isEmpty())) clean.finish();
            else streams.err().println("nmt: --write-clean: nothing is written: not all lines belong together");
            return findings;
        }
    }

    /// How the vocabulary of a side covers a file.
    record CoverageOf(Path file, Coverage coverage) {}

    private static List<CoverageOf> coverage(DataConfig data, List<CorpusConfig> others) {
        var codecs = TextCodecs.of(data);
        var sets = new ArrayList<>(data.train());
        sets.addAll(others);
        var coverage = new ArrayList<CoverageOf>();
        for (var set : sets) {
            coverage.add(new CoverageOf(set.source(), Coverage.of(codecs.source(), set.source(), Long.MAX_VALUE)));
            coverage.add(new CoverageOf(set.target(), Coverage.of(codecs.target(), set.target(), Long.MAX_VALUE)));
        }
        return coverage;
    }
}
