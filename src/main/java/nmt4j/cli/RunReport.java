package nmt4j.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import nmt4j.config.Config;
import nmt4j.decoding.Search;
import nmt4j.diagnostics.RunChapter;
import nmt4j.model.ModelFile;
import nmt4j.report.Chapter;
import nmt4j.report.ReportPage;

/// Writes the page of runs.
///
/// @param translate  whether the validation set is translated where training has not kept its translations
record RunReport(boolean translate, int threads, OptionalInt refresh) {
    static final String NAME = "report.html";

    /// The page of a run that has just been trained, into its folder.
    static Path write(Path folder) {
        var file = folder.resolve(NAME);
        new RunReport(false, 1, OptionalInt.empty()).write(List.of(folder), file);
        return file;
    }

    void write(List<Path> folders, Path file) {
        var gather = new RunChapter(ModelTranslations::bleu, this::translations);
        var chapters = new ArrayList<Chapter>();
        for (var folder : folders) chapters.add(gather.of(folder));
        TextFiles.write(file, ReportPage.of(chapters, refresh));
    }

    private Optional<List<String>> translations(Path folder) {
        if (!translate || !Files.exists(folder.resolve(ModelFile.BEST))) return Optional.empty();
        try (var model = Natives.loadWith(folder)) {
            Config config = model.config();
            var sources = TextFiles.wholeLines(config.data().validation().orElseThrow().source());
            return Optional.of(ModelTranslations.of(model, Search.beam(config.decoding(), 1, 0), threads, sources));
        }
    }
}
