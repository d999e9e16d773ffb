package nmt4j.diagnostics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import nmt4j.Failure;
import nmt4j.config.Config;
import nmt4j.config.CorpusConfig;
import nmt4j.config.DataConfig;
import nmt4j.evaluation.Bleu;
import nmt4j.model.ModelFile;
import nmt4j.report.AttentionPicture;
import nmt4j.report.Chapter;
import nmt4j.report.Chapter.Fact;
import nmt4j.report.Run;
import nmt4j.report.RunReader;
import nmt4j.report.Texts;
import nmt4j.text.LineReader;

/// Gathers all that the page tells of a run: its folder, its model, its corpora as far as they are there.
///
/// @param metric        how training scores with a config
/// @param translations  of the validation set by the best model, where training has not kept them
public record RunChapter(Function<Config, Bleu> metric,
        Function<Path, Optional<List<String>>> translations) {
    /// Lines of the training corpora whose words are counted.
    private static final long COUNTED = 1_000_000;
    private static final int PICTURES = 3;

    public Chapter of(Path folder) {
        var run = RunReader.read(folder);
        if (run.config().isEmpty())
            return new Chapter(run, Optional.empty(), List.of(), List.of(), origin(folder, run, List.of()));
        var config = Config.parse(run.config(), folder.resolve("config.json").toString());
        var best = folder.resolve(ModelFile.BEST);
        return new Chapter(run, texts(folder, config), Files.exists(best) ? attention(best, run) : List.of(),
                data(run, config.data()), origin(folder, run, files(config.data())));
    }

    private Optional<Texts> texts(Path folder, Config config) {
        var validation = config.data().validation();
        if (validation.isEmpty() || !exists(validation.get())) return Optional.empty();
        var kept = folder.resolve("best.txt");
        var found = Files.exists(kept) ? Optional.of(lines(kept)) : translations.apply(folder);
        var references = lines(validation.get().target());
        return found.filter(lines -> lines.size() == references.size())
                .map(lines -> new Texts(lines(validation.get().source()), references, lines, metric.apply(config),
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

    private static Map<String, Integer> counts(DataConfig data, Function<CorpusConfig, Path> side) {
        var counts = new HashMap<String, Integer>();
        for (var files : data.train()) {
            if (!Files.exists(side.apply(files))) return Map.of();
            try (var reader = LineReader.lenient(side.apply(files))) {
                while (reader.number() < COUNTED && reader.advance())
                    for (var word : reader.line().split("\\s+")) counts.merge(word, 1, Integer::sum);
            }
        }
        return counts;
    }

    /// Of the last versions of the sampled sentences.
    private static List<AttentionPicture> attention(Path best, Run run) {
        var pictures = new ArrayList<AttentionPicture>();
        if (run.samples().isEmpty()) return pictures;
        try (var model = ModelFile.load(best)) {
            for (var sample : run.samples().subList(0, Math.min(PICTURES, run.samples().size())))
                pictures.add(new AttentionReader(model).read(sample.source(),
                        sample.versions().getLast().translation()));
        }
        return pictures;
    }

    /// What the last start of the run said of the corpora, and the files.
    private static List<Fact> data(Run run, DataConfig data) {
        var facts = new ArrayList<Fact>();
        for (var file : files(data)) facts.add(new Fact("file", file + (Files.exists(file) ? "" : " (not here)")));
        if (!run.starts().isEmpty()) run.starts().getLast().forEach((name, value) -> {
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

    private static List<Fact> origin(Path folder, Run run, List<Path> files) {
        var facts = new ArrayList<Fact>();
        for (int i = 0; i < run.starts().size(); i++) {
            var start = run.starts().get(i);
            var prefix = run.starts().size() == 1 ? "" : "start " + (i + 1) + ": ";
            start.forEach((name, value) -> {
                if (!name.startsWith("corpus")) facts.add(new Fact(prefix + name, value));
            });
        }
        for (var file : files) if (Files.exists(file)) facts.add(new Fact("SHA-256 of " + file, sha256(file)));
        var best = folder.resolve(ModelFile.BEST);
        if (Files.exists(best)) facts.add(new Fact("SHA-256 of " + best, sha256(best)));
        return facts;
    }

    private static String sha256(Path file) {
        try (var in = Files.newInputStream(file)) {
            var digest = MessageDigest.getInstance("SHA-256");
            var buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n > 0; n = in.read(buffer)) digest.update(buffer, 0, n);
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw Failure.machine(file + ": " + e.getMessage(), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
