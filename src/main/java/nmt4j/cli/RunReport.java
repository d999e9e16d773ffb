package nmt4j.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import nmt4j.Failure;
import nmt4j.config.Config;
import nmt4j.decoding.Search;
import nmt4j.decoding.Settings;
import nmt4j.diagnostics.RunChapter;
import nmt4j.model.DurableFile;
import nmt4j.model.ModelFile;
import nmt4j.report.Chapter;
import nmt4j.report.ReportPage;

/// Writes the page of runs.
final class RunReport {
    static final String NAME = "report.html";

    private final boolean translate;
    private final int threads;
    private final RunChapter gather =
            new RunChapter(ModelTranslations::bleu, this::translations, Natives::loadWith);

    /// @param translate  whether the validation set is translated where training has not kept its translations
    RunReport(boolean translate, int threads) {
        this.translate = translate;
        this.threads = threads;
    }

    /// What a run says of its page in the end. It is done, whatever becomes of that.
    ///
    /// @param page  writes it
    static String said(Path folder, Supplier<Path> page) {
        try {
            return "report: " + page.get();
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            return "no report, but nmt report " + folder + " may make it later: "
                    + (e instanceof Failure ? e.getMessage() : e);
        }
    }

    /// The page of a run that has just been trained, into its folder.
    static Path write(Path folder) {
        var file = folder.resolve(NAME);
        new RunReport(false, 1).write(List.of(folder), file, OptionalInt.empty());
        return file;
    }

    /// @param refresh  seconds after which the page reads itself again
    void write(List<Path> folders, Path file, OptionalInt refresh) {
        var chapters = new ArrayList<Chapter>();
        for (var folder : folders) chapters.add(gather.of(folder, file));
        DurableFile.write(file, ReportPage.of(chapters, refresh));
    }

    private Optional<List<String>> translations(Path folder) {
        if (!translate || !Files.exists(folder.resolve(ModelFile.BEST))) return Optional.empty();
        try (var model = Natives.loadWith(folder)) {
            Config config = model.config();
            var sources = TextFiles.wholeLines(config.data().validation().orElseThrow().source());
            var search = Search.words(Settings.of(config.decoding()));
            return Optional.of(ModelTranslations.of(model, search, threads, sources));
        }
    }
}
