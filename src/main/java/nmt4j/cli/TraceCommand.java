package nmt4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import nmt4j.Failure;
import nmt4j.decoding.SearchTrace;
import nmt4j.decoding.SearchTree;
import nmt4j.model.DurableFile;
import nmt4j.report.SearchPage;
import nmt4j.report.SearchPicture;
import nmt4j.report.SearchPicture.Fate;
import nmt4j.text.LineReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `nmt trace`: what a beam search looks at.
@Command(name = "trace", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Writes one self-contained HTML page with the beam search for each line of stdin as a tree:",
                "what was kept, pruned and finished, with scores.%n"})
public final class TraceCommand implements Callable<Integer> {
    private static final int MOST_LINES = 100;

    private final Streams streams;

    @Mixin
    private ModelOptions models;

    @Option(names = "--output", paramLabel = "FILE", description = "Where to write (default: stdout).")
    private Optional<Path> output = Optional.empty();

    @Mixin
    private BeamOptions beam;

    @Mixin
    private Threads threads;

    public TraceCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        var page = SearchPage.of("What the beam search looked at", pictures(lines()));
        if (output.isPresent()) DurableFile.write(output.get(), page);
        else streams.out().write(page);
        streams.out().flush();
        return 0;
    }

    private List<String> lines() {
        var lines = new ArrayList<String>();
        try (var reader = LineReader.lenient(streams.in(), "stdin")) {
            while (lines.size() <= MOST_LINES && reader.advance()) lines.add(reader.line());
        }
        if (lines.size() > MOST_LINES)
            throw Failure.mistake("stdin: more than " + MOST_LINES + " lines, expected as many as a page can show");
        return lines;
    }

    private List<SearchPicture> pictures(List<String> lines) {
        try (var loaded = models.load()) {
            var settings = beam.settings(loaded.decoding(), loaded.target());
            var traces = SearchTrace.of(loaded.ensemble(), settings, lines, threads.count());
            var pictures = new ArrayList<SearchPicture>();
            for (int i = 0; i < lines.size(); i++) pictures.add(picture(lines.get(i), traces.get(i)));
            return pictures;
        }
    }

    private static SearchPicture picture(String line, SearchTrace trace) {
        var tree = trace.tree();
        var finished = tree.finished();
        Set<Integer> chosen = finished.isEmpty() ? Set.of() : new HashSet<>(tree.path(finished.getFirst()));
        var nodes = new ArrayList<SearchPicture.Node>();
        for (var node : tree.nodes())
            nodes.add(new SearchPicture.Node(node.parent(), node.token(), node.logProbability(), node.total(),
                    node.score().orElse(Double.NaN), chosen.contains(nodes.size()) ? Fate.CHOSEN : fate(node.fate())));
        return new SearchPicture(line, trace.translation().text(), nodes);
    }

    private static Fate fate(SearchTree.Fate fate) {
        return switch (fate) {
            case KEPT -> Fate.KEPT;
            case PRUNED -> Fate.PRUNED;
            case GIVEN_UP -> Fate.GIVEN_UP;
            case FINISHED -> Fate.FINISHED;
        };
    }
}
