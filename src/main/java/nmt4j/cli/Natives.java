package nmt4j.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nmt4j.kernel.Arena;
import nmt4j.model.LoadedModel;
import nmt4j.model.ModelFile;
import nmt4j.tensor.Precision;

/// ND4J's memory and products, which take as long to load as a model takes to read.
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
        var natives = new ArrayList<>(List.of(start("nmt-memory", Natives::loadMemory))); // and the classes of vectors
        try {
            return ModelFile.load(model, precision, known -> natives.add(start("nmt-products", known::loadProducts)));
        } finally {
            natives.forEach(Natives::join); // a process must not end in the midst of it
        }
    }

    private static Thread start(String name, Runnable loading) {
        return Thread.ofPlatform().name(name).uncaughtExceptionHandler((_, _) -> {
        }) // goes wrong again when needed
                .start(loading);
    }

    private static void loadMemory() {
        try (var arena = new Arena()) {
            arena.matrix(1, 1).clear();
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
