package nmt4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import nmt4j.Failure;
import nmt4j.model.ModelFile;
import nmt4j.tensor.Precision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `nmt quantize`: a model in a quarter of its size, or half of it.
@Command(name = "quantize", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Writes a model with its matrices in int8, a quarter of the size, or in bfloat16, half of it: to"
                + " translate with.%n",
                "In int8 a matrix NAME becomes whole numbers from -127 to 127, and NAME.scale: the matrix is their"
                        + " product. Each column has a scale, in tables of word vectors each row. In bfloat16 it is the"
                        + " upper half of each number, rounded. Vectors stay in float32.%n"})
public final class QuantizeCommand implements Callable<Integer> {
    private static final String SUFFIX = ".safetensors";

    private final Streams streams;

    @Parameters(paramLabel = "MODEL", description = "A model file, or the folder of a run (then its best model).")
    private Path model;

    @Option(names = "--precision", paramLabel = "TYPE", defaultValue = "int8",
            description = "int8 or bfloat16 (default: int8).")
    private Precision precision;

    @Option(names = "--output", paramLabel = "FILE",
            description = "The model to write (default: NAME.TYPE.safetensors beside NAME.safetensors).")
    private Optional<Path> output = Optional.empty();

    public QuantizeCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        if (precision == Precision.FLOAT32)
            throw Failure.mistake("--precision: float32 takes no less room; expected int8 or bfloat16");
        var from = ModelFile.file(model);
        var to = output.orElseGet(() -> beside(from));
        long update = ModelFile.origin(from).update();
        VectorModule.load();
        try (var loaded = ModelFile.load(from, Optional.of(precision))) {
            ModelFile.write(to, loaded, update, Map.of());
        }
        streams.err().printf(Locale.ROOT, "nmt: %s: %,d bytes, %,d before%n", to, size(to), size(from));
        return 0;
    }

    private Path beside(Path file) {
        var name = file.getFileName().toString();
        var stem = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
        return file.resolveSibling(stem + "." + precision.name().toLowerCase(Locale.ROOT) + SUFFIX);
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw Failure.machine(file + ": cannot be read: " + Failure.reason(e), e);
        }
    }
}
