package nmt4j.diagnostics.corpus;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import nmt4j.Failure;
import nmt4j.config.CorpusConfig;
import nmt4j.model.DurableFile;

/// Writes the pairs that are good enough to train on, and why the others are not: `PREFIX.de`, `PREFIX.en` (or whatever
/// the first corpus's files end in; `PREFIX.source` and `PREFIX.target` if that is the same) and `PREFIX.dropped.tsv`.
/// Files have their names once they are whole, as [DurableFile] gives them.
public final class CleanCorpus implements CorpusCheck.Reader, AutoCloseable {
    private record Output(DurableFile file, BufferedWriter writer) {}

    private final Path prefix;
    private final List<Output> outputs = new ArrayList<>();

    /// @param read  what is looked at, none of which may be written over; the first one's names are followed
    /// @throws Failure  a mistake if a file that is read would be written over
    public CleanCorpus(Path prefix, List<CorpusConfig> read) {
        this.prefix = prefix;
        try {
            for (var ending : endings(read.getFirst())) open(ending, read);
        } catch (IOException e) {
            close();
            throw failure(e);
        } catch (Failure e) {
            close();
            throw e;
        }
    }

    private static List<String> endings(CorpusConfig names) {
        var source = ending(names.source(), "source");
        var target = ending(names.target(), "target");
        return source.equals(target)
                ? List.of(".source", ".target", ".dropped.tsv")
                : List.of("." + source, "." + target, ".dropped.tsv");
    }

    private void open(String ending, List<CorpusConfig> read) throws IOException {
        var file = prefix.resolveSibling(prefix.getFileName() + ending);
        for (var files : read)
            if (isSame(file, files.source()) || isSame(file, files.target()))
                throw Failure.mistake(file + ": would be written over, and is read; choose another prefix");
        var begun = DurableFile.begin(file, _ -> {
        });
        outputs.add(new Output(begun, begun.writer()));
    }

    private static boolean isSame(Path written, Path read) throws IOException {
        return Files.exists(written) && Files.exists(read) && Files.isSameFile(written, read);
    }

    private static String ending(Path file, String otherwise) {
        var name = file.getFileName().toString();
        if (name.endsWith(".gz")) name = name.substring(0, name.length() - ".gz".length());
        int dot = name.lastIndexOf('.');
        return dot < 0 ? otherwise : name.substring(dot + 1);
    }

    @Override
    public void pair(String source, String target, List<Defect> defects) {
        var reasons =
                defects.stream().filter(Defect::isDropped).map(Defect::toString).collect(Collectors.joining(", "));
        try {
            if (reasons.isEmpty()) {
                outputs.get(0).writer.append(source).append('\n');
                outputs.get(1).writer.append(target).append('\n');
            } else {
                outputs.get(2).writer.append(reasons).append('\t').append(source.replace('\t', ' ')).append('\t')
                        .append(target.replace('\t', ' ')).append('\n');
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /// All pairs are there: gives the files their names.
    public void finish() {
        try {
            for (var output : outputs) output.writer.close();
            for (var output : outputs) output.file.finish();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public void close() {
        try {
            for (var output : outputs) output.file.discard();
            for (var output : outputs) output.writer.close();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private Failure failure(IOException e) {
        return Failure.machine(prefix + ": cannot be written: " + Failure.reason(e), e);
    }
}
