package nmt4j.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import nmt4j.Failure;
import nmt4j.config.Config;
import nmt4j.config.JsonSyntax;
import nmt4j.model.DurableFile;
import nmt4j.model.ElementType;
import nmt4j.model.LoadedModel;
import nmt4j.model.ModelFile;
import nmt4j.model.SafeTensors;
import nmt4j.optim.Optimizer;
import nmt4j.tensor.Parameters;

/// A training state on disk: one `.safetensors` file that is a run's whole truth. Weights and moments lie in it as they
/// lie in memory; the best model so far is in it too, byte for byte as its own file is, and its translations.
public final class SavedState {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();
    private static final String PROGRESS = "progress";
    private static final String WEIGHTS = "weights";
    private static final String BEST = "best";
    private static final String TRANSLATIONS = "bestTranslations";
    private static final int KEPT = 2;

    private final Path file;
    private final LoadedModel model;
    private final Progress progress;
    private final Map<String, String> metadata;

    private SavedState(Path file, SafeTensors state) {
        this.file = file;
        metadata = state.metadata();
        model = ModelFile.declare(file, metadata);
        try {
            progress = JSON.readValue(metadata.getOrDefault(PROGRESS, ""), Progress.class);
            if (progress == null) throw Failure.mistake(file + ": not a training state: no progress");
        } catch (JsonProcessingException e) {
            throw Failure.mistake(file + ": not a training state: " + JsonSyntax.mistake(e));
        }
    }

    /// The newest state that is whole; nothing of a run that is to begin.
    ///
    /// @param warn  told of each one that is not
    public static Optional<SavedState> newest(RunFolder folder, Consumer<String> warn) {
        if (!folder.hasBegun()) return Optional.empty();
        for (var file : folder.states()) {
            try (var state = SafeTensors.open(file)) {
                return Optional.of(new SavedState(file, state));
            } catch (Failure e) {
                if (e.kind() == Failure.Kind.MACHINE) throw e;
                warn.accept(e.getMessage() + "; using the state before it");
            }
        }
        if (!folder.states().isEmpty())
            throw Failure.mistake(folder.path() + ": none of its training states is whole; --overwrite begins anew");
        return Optional.empty();
    }

    /// The state of the last validation, or of the start: what came later may have been on its way to diverge. Newer states
    /// are deleted. If there is none so old, somebody has deleted it: then the oldest.
    ///
    /// @param update  of that validation, 0 for the start
    static SavedState ofValidation(RunFolder folder, long update) {
        var states = folder.states();
        if (states.isEmpty())
            throw Failure.mistake(folder.path() + ": its training states are gone; there is none to go back to");
        var file = states.stream().filter(state -> RunFolder.updateOf(state) <= update).findFirst()
                .orElseGet(states::getLast);
        try (var state = SafeTensors.open(file)) {
            var saved = new SavedState(file, state);
            for (var newer : states.subList(0, states.indexOf(file))) RunFolder.delete(newer);
            return saved;
        }
    }

    /// The run's config, and both sides' ways between text and ids; the model has no memory.
    public LoadedModel model() {
        return model;
    }

    /// The update that it was saved after.
    public long update() {
        return progress.update();
    }

    Progress progress() {
        return progress;
    }

    /// @throws Failure  if a run with this config would not be the one that was saved
    public void requireSame(Config config) {
        var differences = model.config().differences(config);
        if (!differences.isEmpty())
            throw Failure.mistake(file.getParent() + ": was begun with another config: " + differences.stream()
                    .map(d -> d.path() + " was " + d.ours() + ", is " + d.theirs()).collect(Collectors.joining("; "))
                    + "; a resumed run may only differ in its limits");
    }

    /// @throws Failure  if the corpora are not those that the run was begun with
    void requireSame(TrainingData data) {
        data.changed(metadata).ifPresent(corpus -> {
            throw Failure.mistake(file.getParent() + ": the " + corpus + " is not the one that the run was begun with");
        });
    }

    /// Writes a state, which is not safe before what is returned has been run: that waits for the disk, then deletes older
    /// states.
    ///
    /// @param fingerprints  of the corpora, see [TrainingData]
    static Runnable begin(RunFolder folder, LoadedModel model, Optimizer optimizer, Progress progress,
            Map<String, String> fingerprints) {
        var metadata = ModelFile.metadata(model);
        metadata.put(PROGRESS, json(progress));
        metadata.putAll(fingerprints);
        try (var arena = Arena.ofShared()) {
            var tensors = new ArrayList<SafeTensors.Source>();
            vectors(model, optimizer).forEach((name, data) -> tensors.add(new SafeTensors.Source(name, ElementType.F32,
                    List.of(data.byteSize() / Float.BYTES), () -> data)));
            if (!Files.notExists(folder.best())) {
                tensors.add(bytes(BEST, map(folder.best(), arena)));
                if (Files.exists(folder.bestTranslations()))
                    tensors.add(bytes(TRANSLATIONS, map(folder.bestTranslations(), arena)));
            }
            var begun = SafeTensors.begin(folder.state(progress.update()), metadata, tensors);
            return () -> {
                begun.finish();
                deleteOld(folder, progress.validated());
            };
        }
    }

    private static SafeTensors.Source bytes(String name, MemorySegment data) {
        return new SafeTensors.Source(name, ElementType.U8, List.of(data.byteSize()), () -> data);
    }

    /// Keeps that of the last validation, too.
    private static void deleteOld(RunFolder folder, long validated) {
        var states = folder.states();
        for (var old : states.subList(Math.min(KEPT, states.size()), states.size()))
            if (RunFolder.updateOf(old) != validated) RunFolder.delete(old);
    }

    /// All memory that an update changes.
    private static Map<String, MemorySegment> vectors(LoadedModel model, Optimizer optimizer) {
        var vectors = new LinkedHashMap<String, MemorySegment>();
        vectors.put(WEIGHTS, model.model().parameters().values().packed());
        optimizer.state().forEach((name, matrix) -> vectors.put(name, matrix.packed()));
        return vectors;
    }

    /// Puts weights and moments back as they were.
    void restore(LoadedModel into, Optimizer optimizer) {
        try (var state = SafeTensors.open(file)) {
            vectors(into, optimizer).forEach((name, memory) -> {
                var tensor = state.tensors().get(name);
                if (tensor == null || !copy(state.data(name), memory, into.model().parameters()))
                    throw Failure.mistake(file + ": not a state of this model: " + name);
            });
        }
    }

    private static boolean copy(MemorySegment from, MemorySegment to, Parameters parameters) {
        if (from.byteSize() != to.byteSize()) return parameters.copy(from, to); // of all parameters, with other gaps
        to.copyFrom(from);
        return true;
    }

    /// Puts the best model's file back as it was, and what it made of the validation set.
    void restoreBest(RunFolder folder) {
        try (var state = SafeTensors.open(file); var arena = Arena.ofShared()) {
            if (!state.tensors().containsKey(BEST)) {
                RunFolder.delete(folder.best());
                RunFolder.delete(folder.bestTranslations());
                return;
            }
            var best = state.data(BEST);
            boolean isThere = Files.exists(folder.best()) && map(folder.best(), arena).mismatch(best) < 0;
            if (state.tensors().containsKey(TRANSLATIONS))
                folder.write(folder.bestTranslations(), text(state.data(TRANSLATIONS)));
            else if (!isThere) RunFolder.delete(folder.bestTranslations()); // those of another model
            if (!isThere) DurableFile.write(folder.best(), best);
        }
    }

    private static String text(MemorySegment utf8) {
        return new String(utf8.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }

    private static MemorySegment map(Path file, Arena arena) {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        } catch (IOException e) {
            throw Failure.machine(file + ": cannot be read: " + Failure.reason(e), e);
        }
    }

    private static String json(Progress progress) {
        try {
            return JSON.writeValueAsString(progress);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
