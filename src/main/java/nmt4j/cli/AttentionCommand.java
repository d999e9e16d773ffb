package nmt4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import nmt4j.Failure;
import nmt4j.decoding.Search;
import nmt4j.diagnostics.AttentionReader;
import nmt4j.model.DurableFile;
import nmt4j.model.LoadedModel;
import nmt4j.report.AttentionPicture;
import nmt4j.report.AttentionSvg;
import nmt4j.report.AttentionText;
import nmt4j.report.ReportPage;
import nmt4j.text.LineReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `nmt attention`: where a model looks.
@Command(name = "attention", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Shows where a model looks in each line of stdin as it writes the translation: a matrix in the",
                "terminal, the mean of all layers and heads unless told.%n"})
public final class AttentionCommand implements Callable<Integer> {
    private final Streams streams;

    @Parameters(paramLabel = "MODEL", description = "A model file, or the folder of a run (then its best model).")
    private Path model;

    @Option(names = "--target", paramLabel = "FILE",
            description = "Translations to force, a line each (default: the model's own).")
    private Optional<Path> target = Optional.empty();

    @Option(names = "--layer", paramLabel = "N", description = "Only this decoder layer, from 1.")
    private Optional<Integer> layer = Optional.empty();

    @Option(names = "--head", paramLabel = "N", description = "Only this head, from 1.")
    private Optional<Integer> head = Optional.empty();

    @Option(names = "--svg", paramLabel = "PREFIX", description = "Write PREFIX1.svg, PREFIX2.svg, … in its place.")
    private Optional<String> svg = Optional.empty();

    @Option(names = "--html", paramLabel = "FILE", description = "Write one page of all lines, layers and heads.")
    private Optional<Path> html = Optional.empty();

    @Mixin
    private BeamOptions beam;

    @Mixin
    private Threads threads;

    public AttentionCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        var sources = new ArrayList<String>();
        try (var lines = LineReader.lenient(streams.in(), "stdin")) {
            while (lines.advance()) sources.add(lines.line());
        }
        try (var loaded = Natives.loadWith(model)) {
            var targets = targets(loaded, sources);
            write(new AttentionReader(loaded).read(sources, targets).stream().map(this::chosen).toList());
        }
        return 0;
    }

    private List<String> targets(LoadedModel loaded, List<String> sources) {
        if (target.isEmpty())
            return ModelTranslations.of(loaded,
                    Search.beam(beam.settings(loaded.config().decoding(), loaded.target()), 1), threads.count(),
                    sources);
        var targets = TextFiles.wholeLines(target.get());
        TextFiles.requireAsManyLines(target.get(), targets, Path.of("stdin"), sources);
        return targets;
    }

    private AttentionPicture chosen(AttentionPicture picture) {
        if (picture.parts().isEmpty())
            throw Failure.mistake(model + ": its decoder has no attention (model.context none or fixed)");
        var parts = picture.parts().stream()
                .filter(part -> layer.isEmpty() || part.layer() == layer.get())
                .filter(part -> head.isEmpty() || part.head() == head.get()).toList();
        if (parts.isEmpty()) throw Failure.mistake("--layer, --head: there is none such; expected layers up to "
                + picture.parts().getLast().layer() + " and heads up to " + picture.parts().getLast().head());
        return new AttentionPicture(picture.source(), picture.target(), parts);
    }

    private void write(List<AttentionPicture> pictures) throws IOException {
        for (int i = 0; svg.isPresent() && i < pictures.size(); i++)
            DurableFile.write(Path.of(svg.get() + (i + 1) + ".svg"),
                    AttentionSvg.file(pictures.get(i), "Attention"));
        if (html.isPresent()) DurableFile.write(html.get(), ReportPage.ofAttention("Attention of " + model, pictures));
        if (svg.isPresent() || html.isPresent()) return;
        for (var picture : pictures) for (var line : AttentionText.lines(picture)) streams.println(line);
        streams.out().flush();
    }
}
