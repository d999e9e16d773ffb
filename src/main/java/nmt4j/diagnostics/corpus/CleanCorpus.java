package nmt4j.diagnostics.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import nmt4j.Failure;
import nmt4j.config.CorpusConfig;

/// Writes the pairs that are good enough to train on, and why the others are not: `PREFIX.de`, `PREFIX.en` (or whatever
/// the first corpus's files end in; `PREFIX.source` and `PREFIX.target` if that is the same) and `PREFIX.dropped.tsv`.
/// Files have their names once they are whole.
public final class CleanCorpus implements CorpusCheck.Reader, AutoCloseable {
    private record Output(Path file, Path beside, BufferedWriter writer) {}

    private final List<Output> outputs = new ArrayList<>();

    /// @param read  what is looked at, none of which may be written over; the first one's names are followed
    /// @throws Failure  a mistake if a file that is read would be written over
    public CleanCorpus(Path prefix, List<CorpusConfig> read) {
        try {
            for (var ending : endings(read.getFirst())) open(prefix, ending, read);
        } catch (IOException e) {
            close();
            throw Failure.machine(prefix + ": cannot be written: " + Failure.reason(e), e);
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

    private void open(Path prefix, String ending, List<CorpusConfig> read) throws IOException {
        var file = prefix.resolveSibling(prefix.getFileName() + ending);
        for (var files : read)
            if (isSame(file, files.source()) || isSame(file, files.target()))
                throw Failure.mistake(file + ": would be written over, and is read; choose another prefix");
        var beside = file.resolveSibling(file.getFileName() + ".part");
        outputs.add(new Output(file, beside, Files.newBufferedWriter(beside, UTF_8)));
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
            throw Failure.machine(outputs.getFirst().file + ": cannot be written: " + Failure.reason(e), e);
        }
    }

    /// All pairs are there: gives the files their names.
    public void finish() {
        try {
            for (var output : outputs) output.writer.close();
            for (var output : outputs) Files.move(output.beside, output.file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw Failure.machine(outputs.getFirst().file + ": cannot be written: " + Failure.reason(e), e);
        }
    }

    @Override
    public void close() {
        try {
            for (var output : outputs) {
                output.writer.close();
                Files.deleteIfExists(output.beside);
            }
        } catch (IOException e) {
            throw Failure.machine(outputs.getFirst().file + ": cannot be written: " + Failure.reason(e), e);
        }
    }
}
