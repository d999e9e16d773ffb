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
/// the first corpus's files end in) and `PREFIX.dropped.tsv`. Files have their names once they are whole.
public final class CleanCorpus implements CorpusCheck.Reader, AutoCloseable {
    private record Output(Path file, Path beside, BufferedWriter writer) {}

    private final List<Output> outputs = new ArrayList<>();

    public CleanCorpus(Path prefix, CorpusConfig names) {
        try {
            open(prefix, "." + ending(names.source(), "source"));
            open(prefix, "." + ending(names.target(), "target"));
            open(prefix, ".dropped.tsv");
        } catch (IOException e) {
            throw Failure.machine(prefix + ": cannot be written: " + Failure.reason(e), e);
        }
    }

    private void open(Path prefix, String ending) throws IOException {
        var file = prefix.resolveSibling(prefix.getFileName() + ending);
        var beside = file.resolveSibling(file.getFileName() + ".part");
        outputs.add(new Output(file, beside, Files.newBufferedWriter(beside, UTF_8)));
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
