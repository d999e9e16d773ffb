package nmt4j.diagnostics;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import nmt4j.config.Config;
import nmt4j.config.CorpusConfig;
import nmt4j.config.DataConfig;
import nmt4j.evaluation.Bleu;
import nmt4j.model.DurableFile;
import nmt4j.model.LoadedModel;
import nmt4j.model.ModelFile;
import nmt4j.report.AttentionPicture;
import nmt4j.report.Chapter;
import nmt4j.report.Chapter.Fact;
import nmt4j.report.KeptAttention;
import nmt4j.report.Run;
import nmt4j.report.RunReader;
import nmt4j.report.Texts;
import nmt4j.text.LineReader;

/// Gathers all that the page tells of a run: its folder, its model, its corpora as far as they are there.
public final class RunChapter {
    private static final int PICTURES = 3;
    /// Characters of a side of a picture, which has a square for each pair of subwords in each head of each layer.
    private static final int LONGEST = 1000;
    private static final String ATTENTION = "attention.json";

    private final Function<Config, Bleu> metric;
    private final Function<Path, Optional<List<String>>> translations;
    private final Function<Path, LoadedModel> models;
    private final FileFacts files = new FileFacts();

    /// @param metric        how training scores with a config
    /// @param translations  of the validation set by the best model, where training has not kept them
    /// @param models        reads them
    public RunChapter(Function<Config, Bleu> metric, Function<Path, Optional<List<String>>> translations,
            Function<Path, LoadedModel> models) {
        this.metric = metric;
        this.translations = translations;
        this.models = models;
    }

    /// @param page  that is to be written; if it is one of the run's folder, what took a model to find out is kept there
    public Chapter of(Path folder, Path page) {
        var run = RunReader.read(folder);
        if (run.config().isEmpty())
            return new Chapter(run, Optional.empty(), List.of(), List.of(), origin(folder, run, List.of()));
        var config = Config.parse(run.config(), folder.resolve("config.json").toString());
        var attention = subject(folder, run).map(subject -> attention(folder, page, subject)).orElse(List.of());
        return new Chapter(run, texts(folder, config), attention, data(run, config.data()),
                origin(folder, run, files(config.data())));
    }

    private Optional<Texts> texts(Path folder, Config config) {
        var validation = config.data().validation();
        if (validation.isEmpty() || !exists(validation.get())) return Optional.empty();
        var kept = folder.resolve("best.txt");
        var found = Files.exists(kept) ? Optional.of(lines(kept)) : translations.apply(folder);
        var sources = lines(validation.get().source());
        var references = lines(validation.get().target());
        return found.filter(lines -> lines.size() == references.size() && lines.size() == sources.size())
                .map(lines -> new Texts(sources, references, lines, metric.apply(config),
                        counts(config.data(), CorpusConfig::source), counts(config.data(), CorpusConfig::target)));
    }

    private static boolean exists(CorpusConfig files) {
        return Files.exists(files.source()) && Files.exists(files.target());
    }

    private static List<String> lines(Path file) {
        var lines = new ArrayList<String>();
        try (var reader = LineReader.lenient(file)) {
            while (reader.advance()) lines.add(reader.line());
        }
        return lines;
    }

    private Map<String, Integer> counts(DataConfig data, Function<CorpusConfig, Path> side) {
        return files.counts(data.train().stream().map(side).toList());
    }

    /// The best model and its translations of some sentences; empty if there are none.
    private Optional<KeptAttention.Subject> subject(Path folder, Run run) {
        var best = folder.resolve(ModelFile.BEST);
        if (run.samples().isEmpty() || !Files.exists(best)) return Optional.empty();
        var samples = run.samples().stream()
                .filter(sample -> isShort(sample.source()) && isShort(run.bestTranslation(sample)))
                .limit(PICTURES).toList();
        if (samples.isEmpty()) return Optional.empty();
        return Optional.of(new KeptAttention.Subject(files.sha256(best),
                samples.stream().map(Run.Sample::source).toList(),
                samples.stream().map(run::bestTranslation).toList()));
    }

    private static boolean isShort(String text) {
        return text.length() <= LONGEST;
    }

    /// As kept in the run's folder, if that is still true.
    private List<AttentionPicture> attention(Path folder, Path page, KeptAttention.Subject subject) {
        var file = folder.resolve(ATTENTION);
        return KeptAttention.read(file, subject).orElseGet(() -> {
            var pictures = attention(folder, subject);
            if (folder.equals(page.getParent()))
                DurableFile.write(file, new KeptAttention(subject, pictures).toJson());
            return pictures;
        });
    }

    private List<AttentionPicture> attention(Path folder, KeptAttention.Subject subject) {
        try (var model = models.apply(folder.resolve(ModelFile.BEST))) {
            return new AttentionReader(model).read(subject.sources(), subject.targets());
        }
    }

    /// The files of the corpora, and what the starts of the run said of them, the last one where they differ.
    private static List<Fact> data(Run run, DataConfig data) {
        var facts = new ArrayList<Fact>();
        for (var file : files(data)) facts.add(new Fact("file", file + (Files.exists(file) ? "" : " (not here)")));
        var told = new LinkedHashMap<String, String>();
        for (var start : run.starts()) told.putAll(start); // only the first start checks the corpus
        told.forEach((name, value) -> {
            if (name.startsWith("corpus")) facts.add(new Fact(name.substring("corpus".length()).strip(), value));
        });
        return facts;
    }

    private static List<Path> files(DataConfig data) {
        var files = new ArrayList<Path>();
        for (var corpus : data.train()) files.addAll(List.of(corpus.source(), corpus.target()));
        data.validation().ifPresent(corpus -> files.addAll(List.of(corpus.source(), corpus.target())));
        return files;
    }

    private List<Fact> origin(Path folder, Run run, List<Path> corpora) {
        var facts = new ArrayList<Fact>();
        for (int i = 0; i < run.starts().size(); i++) {
            var start = run.starts().get(i);
            var prefix = run.starts().size() == 1 ? "" : "start " + (i + 1) + ": ";
            start.forEach((name, value) -> {
                if (!name.startsWith("corpus")) facts.add(new Fact(prefix + name, value));
            });
        }
        for (var file : corpora) if (Files.exists(file)) facts.add(new Fact("SHA-256 of " + file, files.sha256(file)));
        var best = folder.resolve(ModelFile.BEST);
        if (Files.exists(best)) facts.add(new Fact("SHA-256 of " + best, files.sha256(best)));
        return facts;
    }
}
