package nmt4j.training;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import nmt4j.Failure;
import nmt4j.model.DurableFile;
import nmt4j.model.ModelFile;

/// The files of a run, locked for one process. The lock ends with the process, however it ends.
public final class RunFolder implements AutoCloseable {
    /// What to do with a folder that has a run in it already.
    public enum Use { NEW, RESUME, OVERWRITE }

    private static final String LOCK = ".lock";
    private static final String CHECKPOINTS = "checkpoints";
    private static final String STARTS = "starts.jsonl";
    private static final Pattern STATE = Pattern.compile("state-(\\d{1,18})\\.safetensors");
    private static final Pattern CHECKPOINT = Pattern.compile("update-(\\d{1,18})\\.safetensors");
    private static final Pattern OTHERS =
            Pattern.compile("(config|attention)\\.json|train\\.log|(metrics|starts)\\.jsonl|best\\.txt"
                    + "|report\\.html|(best|last)\\.safetensors");

    private final Path path;
    private final Map<Path, String> written = new LinkedHashMap<>();
    private FileChannel lock;
    private boolean isToBeCleared;

    private RunFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /// Locks a folder. What is to be deleted of an earlier run stays until the new one begins.
    ///
    /// @throws Failure  if there is a run in it and `use` is NEW, or models without a state and `use` is RESUME, or if
    ///                  another process uses it
    public static RunFolder open(Path path, Use use) {
        try {
            if (use == Use.NEW && Files.exists(path) && !isUnused(path))
                throw Failure.mistake(path
                        + ": exists already; --resume goes on with it, --overwrite deletes it, --run names another");
            Files.createDirectories(path.resolve(CHECKPOINTS));
            var folder = new RunFolder(path, lock(path));
            try {
                folder.isToBeCleared = use == Use.OVERWRITE || folder.hasNothingToGoOnFrom();
                return folder;
            } catch (RuntimeException | Error e) {
                folder.close();
                throw e;
            }
        } catch (IOException e) {
            throw Failure.machine(path + ": cannot be used as a run folder: " + Failure.reason(e), e);
        }
    }

    /// Whether a run is there that can go on.
    public static boolean hasState(Path path) {
        return Files.isDirectory(path) && !byUpdate(path, STATE).isEmpty();
    }

    private static boolean isUnused(Path path) throws IOException {
        if (!Files.isDirectory(path)) return false;
        try (var files = Files.walk(path)) { // what an attempt leaves that ended before its first update
            var left = List.of(path, path.resolve(LOCK), path.resolve(CHECKPOINTS), path.resolve(STARTS));
            return files.allMatch(left::contains);
        }
    }

    private static FileChannel lock(Path path) throws IOException {
        var channel = FileChannel.open(path.resolve(LOCK), CREATE, WRITE);
        try {
            if (channel.tryLock() != null) return channel;
        } catch (OverlappingFileLockException _) {
            // another run of this process has it
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw Failure.mistake(path + ": another process is training in it");
    }

    /// Whether no state is there. Models are not deleted for want of one: somebody may have deleted states to make room.
    private boolean hasNothingToGoOnFrom() {
        if (!states().isEmpty()) return false;
        if (Files.exists(best()) || Files.exists(last()) || !checkpoints().isEmpty())
            throw Failure.mistake(path + ": has models, but no training state to go on from;"
                    + " --overwrite deletes them and begins anew, --run names another folder");
        return true;
    }

    /// Whether its run has begun: a state that is in it belongs to that, and not to one that it takes the place of.
    boolean hasBegun() {
        return !isToBeCleared;
    }

    /// Begins the run, before its first file is written: only then are those of an earlier one deleted, if they are to be.
    void begin() {
        if (hasBegun()) return;
        try {
            clear();
            isToBeCleared = false;
        } catch (IOException e) {
            throw Failure.machine(path + ": cannot be cleared: " + Failure.reason(e), e);
        }
    }

    /// Deletes the files of a run, and what a killed process left of them; others stay. States go last: while one is
    /// there, the run can go on.
    private void clear() throws IOException {
        delete(path.resolve(CHECKPOINTS), CHECKPOINT);
        delete(path, OTHERS);
        delete(path, STATE);
    }

    private static void delete(Path folder, Pattern name) throws IOException {
        for (var file : files(folder, Pattern.compile("(" + name + ")(" + Pattern.quote(DurableFile.BESIDE) + ")?")))
            Files.delete(file);
    }

    public Path path() {
        return path;
    }

    Path config() {
        return path.resolve("config.json");
    }

    Path log() {
        return path.resolve("train.log");
    }

    Path metrics() {
        return path.resolve("metrics.jsonl");
    }

    Path best() {
        return path.resolve(ModelFile.BEST);
    }

    /// The validation set in the best model's translation.
    Path bestTranslations() {
        return path.resolve("best.txt");
    }

    /// Writes a small file whole.
    void write(Path file, String text) {
        DurableFile.write(file, text);
        written.put(file, text);
    }

    /// Appends a line for a process that works on the run, which begins with it.
    ///
    /// @param line  JSON
    public void recordStart(String line) {
        begin();
        var file = path.resolve(STARTS);
        try {
            Files.writeString(file, line + "\n", CREATE, APPEND);
            written.put(file, Files.readString(file));
        } catch (IOException e) {
            throw Failure.machine(file + ": cannot be written: " + Failure.reason(e), e);
        }
    }

    /// Where somebody has deleted the folder and made it again: writes the small files again, and locks it.
    void restore() {
        if (!Files.notExists(path.resolve(LOCK)) || Files.notExists(path)) return;
        try {
            Files.createDirectories(path.resolve(CHECKPOINTS));
            written.forEach(DurableFile::write);
            try (var _ = lock) {
                lock = lock(path);
            }
        } catch (IOException e) {
            throw Failure.machine(path + ": cannot be used as a run folder: " + Failure.reason(e), e);
        }
    }

    Path last() {
        return path.resolve(ModelFile.LAST);
    }

    Path state(long update) {
        return path.resolve("state-" + update + ".safetensors");
    }

    Path checkpoint(long update) {
        return path.resolve(CHECKPOINTS).resolve("update-" + update + ".safetensors");
    }

    /// All training states, the newest first.
    List<Path> states() {
        return byUpdate(path, STATE).reversed();
    }

    /// All kept checkpoints, the newest last.
    List<Path> checkpoints() {
        return checkpoints(path);
    }

    /// All kept checkpoints of a run, the newest last.
    static List<Path> checkpoints(Path run) {
        return byUpdate(run.resolve(CHECKPOINTS), CHECKPOINT);
    }

    /// The update of a state or checkpoint.
    static long updateOf(Path file) {
        var name = file.getFileName().toString();
        return Long.parseLong(name.substring(name.indexOf('-') + 1, name.indexOf('.')));
    }

    private static List<Path> byUpdate(Path folder, Pattern name) {
        try {
            var files = new ArrayList<>(files(folder, name));
            files.sort(Comparator.comparing(RunFolder::updateOf));
            return files;
        } catch (IOException e) {
            throw Failure.machine(folder + ": cannot be listed: " + Failure.reason(e), e);
        }
    }

    private static List<Path> files(Path folder, Pattern name) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> name.matcher(file.getFileName().toString()).matches()).toList();
        }
    }

    /// Makes `copy` the same file as `original`, which is only ever replaced, never changed.
    static void link(Path original, Path copy) {
        var beside = copy.resolveSibling(copy.getFileName() + DurableFile.BESIDE);
        try {
            Files.deleteIfExists(beside);
            try {
                Files.createLink(beside, original);
            } catch (UnsupportedOperationException | IOException _) { // not on every file system
                Files.copy(original, beside);
            }
            Files.move(beside, copy, StandardCopyOption.ATOMIC_MOVE);
            Files.deleteIfExists(beside); // a rename between two names of one file does nothing
        } catch (IOException e) {
            throw Failure.machine(copy + ": cannot be written: " + Failure.reason(e), e);
        }
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw Failure.machine(file + ": cannot be deleted: " + Failure.reason(e), e);
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw Failure.machine(path + ": lock: " + Failure.reason(e), e);
        }
    }
}
