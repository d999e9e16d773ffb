package nmt4j.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.nd4j.common.config.ND4JSystemProperties;
import org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu;
import org.nd4j.linalg.factory.Nd4j;

/// ND4J and its native libraries. JavaCPP unpacks them once, and at each start looks for each of them under several names in every
/// module of the JDK, for a third of a second; here they are loaded at once from where they were unpacked, if they are still
/// what they were then.
///
/// Classes that call ND4J load them first, and with them ND4J itself: none of its other classes works before `Nd4j` has read its
/// properties. While it starts, ND4J also looks for functions in all libraries (JavaCPP's Loader.addressof): it and whoever
/// loads another library meanwhile may wait for each other for good.
final class NativeLibraries {
    /// Named by the launcher: the folder that JavaCPP unpacks to.
    private static final String FOLDER = "org.bytedeco.javacpp.cachedir";
    private static final String SEARCH = "org.bytedeco.javacpp.loadlibraries";
    /// A line for each library, its size and its name, written once they are all loaded: one that is being unpacked, or was
    /// left half unpacked, is not used.
    private static final String INVENTORY = "unpacked.txt";
    /// Those with Java's native methods; they name the others.
    private static final List<String> BINDINGS = List.of("jnijavacpp", "jniopenblas_nolapack", "jnind4jcpu");

    static {
        Processor.introduce();
        var folder = System.getProperty(FOLDER);
        if (folder == null || !loadedFrom(Path.of(folder))) Loader.load(Nd4jCpu.class);
        if (folder != null && Loader.isLoadLibraries()) list(Path.of(folder));
        if (System.getProperty(ND4JSystemProperties.LOG_INITIALIZATION) == null) // what it finds of the machine, for nobody to read
            System.setProperty(ND4JSystemProperties.LOG_INITIALIZATION, "false");
        Nd4j.getMemoryManager();
    }

    private NativeLibraries() {}

    /// Loads them, once.
    static void load() {}

    @SuppressWarnings("restricted") // natives are what this is about
    private static boolean loadedFrom(Path folder) {
        try {
            for (var line : Files.readAllLines(folder.resolve(INVENTORY), UTF_8))
                if (!line.equals(line(folder.resolve(line.substring(line.indexOf(' ') + 1))))) return false;
            System.setProperty(SEARCH, "false");
            for (var library : BINDINGS) System.load(folder.resolve(System.mapLibraryName(library)).toString());
            return true;
        } catch (IOException | IllegalArgumentException | UnsatisfiedLinkError _) { // JavaCPP unpacks it again, or says what is wrong
            System.clearProperty(SEARCH);
            return false;
        }
    }

    private static void list(Path folder) {
        try {
            var lines = new ArrayList<String>();
            for (var path : Loader.getLoadedLibraries().values()) {
                var library = Path.of(path);
                if (library.startsWith(folder)) lines.add(line(library));
            }
            var written = Files.createTempFile(folder, INVENTORY, null);
            try {
                Files.write(written, lines, UTF_8);
                Files.move(written, folder.resolve(INVENTORY), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(written);
            }
        } catch (IOException _) { // the next start searches again
        }
    }

    private static String line(Path library) throws IOException {
        return Files.size(library) + " " + library.getFileName();
    }
}
