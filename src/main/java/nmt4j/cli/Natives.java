package nmt4j.cli;

import java.nio.file.Path;
import java.util.Optional;
import nmt4j.kernel.Arena;
import nmt4j.kernel.Gemm;
import nmt4j.model.LoadedModel;
import nmt4j.model.ModelFile;
import nmt4j.tensor.Precision;

/// ND4J and its products, which take as long to load as a model takes to read.
final class Natives {
    private Natives() {}

    /// Reads a model as it was written, and loads what computes beside it.
    static LoadedModel loadWith(Path model) {
        return loadWith(model, Optional.empty());
    }

    /// The same.
    ///
    /// @param precision  of its matrices; empty: that of the file
    static LoadedModel loadWith(Path model, Optional<Precision> precision) {
        VectorModule.load();
        var natives = Thread.ofPlatform().name("nmt-natives").uncaughtExceptionHandler((_, _) -> {
        }) // goes wrong again when needed
                .start(Natives::load);
        try {
            return ModelFile.load(model, precision);
        } finally {
            join(natives); // a process must not end in the midst of it
        }
    }

    private static void load() {
        try (var arena = new Arena()) {
            var x = arena.matrix(Gemm.ROWS, Gemm.ROWS);
            x.fill(0);
            Gemm.product(x, x, arena.matrix(Gemm.ROWS, Gemm.ROWS), false);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
