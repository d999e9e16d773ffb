import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/**
 * Writes the one executable file: a shell head, then one jar of our classes and all libraries. Java reads a jar from
 * its end, so what stands before it does not matter.
 *
 * The libraries are joined once, and again when their list changes: the largest (the native one, 100 MB) is copied as
 * it is and the rest is added to it. The zip file system moves entries that did not change without compressing them
 * again, so adding our classes to that takes a second.
 *
 * java Package.java HEAD RESULT CLASSPATH
 */
class Package {
    /**
     * Headers, build files, other frameworks' schemas, signatures and module descriptors; and what of oneDNN is for
     * JavaCPP, or ND4J's libraries have as well.
     */
    private static final Pattern UNNEEDED = Pattern.compile("META-INF/(MANIFEST\\.MF|INDEX\\.LIST|[^/]+\\.(SF|RSA|DSA))"
            + "|(.*/)?module-info\\.class|META-INF/native-image/.*|org/bytedeco/.*/(include|lib)/.*"
            + "|org/bytedeco/(dnnl|opencl)/.*/lib(jni.*|gomp).*"
            + "|[^/]+\\.(proto|pbtxt)|.*/[^/]+\\.(proto|pbtxt)|onnxops\\.json|.*/onnxops\\.json");

    public static void main(String[] args) throws IOException {
        Path head = Path.of(args[0]);
        Path result = Path.of(args[1]);
        List<Path> parts = Stream.of(args[2].split(File.pathSeparator)).map(Path::of).toList();
        List<Path> libraries = parts.stream().filter(Files::isRegularFile).toList();
        String how = Files.readString(head.resolveSibling("Package.java"), UTF_8);
        Path joined = result.resolveSibling("libraries-" + Integer.toHexString(Objects.hash(libraries, how)) + ".jar");
        if (!Files.exists(joined)) {
            join(libraries, joined);
        }
        Path jar = temporary(result, "jar");
        Files.copy(joined, jar, REPLACE_EXISTING);
        addOurs(parts.stream().filter(Files::isDirectory).toList(), jar);
        write(head, jar, result);
        Files.delete(jar);
    }

    private static void join(List<Path> libraries, Path joined) throws IOException {
        Path largest = libraries.stream().max(Comparator.comparing(file -> file.toFile().length())).orElseThrow();
        Path jar = temporary(joined, "part");
        Files.copy(largest, jar, REPLACE_EXISTING);
        try (FileSystem zip = FileSystems.newFileSystem(jar)) {
            Path root = zip.getPath("/");
            remove(root);
            for (Path library : libraries) {
                if (!library.equals(largest)) {
                    try (FileSystem from = FileSystems.newFileSystem(library)) {
                        add(from.getPath("/"), root);
                    }
                }
            }
            modernize(root);
        }
        Files.move(jar, joined, REPLACE_EXISTING);
    }

    /**
     * The JVM verifies classes from before Java 6 in a slow old way and keeps none of them in a start cache. All of
     * picocli's are, which costs each command 0.2 s. So they are given the stack maps of later classes.
     */
    private static void modernize(Path root) throws IOException {
        ClassHierarchyResolver hierarchy = ClassHierarchyResolver.ofResourceParsing(type -> open(root, type))
                .orElse(ClassHierarchyResolver.defaultResolver());
        ClassFile writer = ClassFile.of(ClassHierarchyResolverOption.of(hierarchy), StackMapsOption.GENERATE_STACK_MAPS);
        ClassTransform rewrite = ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)
                .andThen((result, element) -> {
                    if (element instanceof ClassFileVersion) result.withVersion(ClassFile.JAVA_8_VERSION, 0);
                    else result.with(element);
                });
        for (Path entry : files(root)) {
            if (entry.toString().endsWith(".class")) {
                ClassModel model = writer.parse(Files.readAllBytes(entry));
                if (model.majorVersion() < ClassFile.JAVA_6_VERSION) {
                    Files.write(entry, writer.transformClass(model, rewrite));
                }
            }
        }
    }

    /** Null if the class is not one of ours. */
    private static InputStream open(Path root, ClassDesc type) {
        String name = type.descriptorString();
        try {
            return Files.newInputStream(root.resolve(name.substring(1, name.length() - 1) + ".class"));
        } catch (IOException e) {
            return null;
        }
    }

    private static void addOurs(List<Path> folders, Path jar) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(jar)) {
            Path root = zip.getPath("/");
            for (Path folder : folders) {
                add(folder, root);
            }
            try (OutputStream out = Files.newOutputStream(root.resolve("META-INF/MANIFEST.MF"))) {
                manifest().write(out);
            }
        }
    }

    private static void write(Path head, Path jar, Path result) throws IOException {
        Path file = temporary(result, "file");
        String text = Files.readString(head, UTF_8);
        Files.writeString(file, text.replace("\nbuild=\n", "\nbuild=" + checksum(jar) + "\n"), UTF_8);
        try (OutputStream out = Files.newOutputStream(file, APPEND)) {
            Files.copy(jar, out);
        }
        file.toFile().setExecutable(true, false);
        Files.move(file, result, ATOMIC_MOVE); // a program that runs keeps the file it started from
    }

    private static String checksum(Path jar) throws IOException {
        try (CheckedInputStream in = new CheckedInputStream(Files.newInputStream(jar), new CRC32())) {
            in.transferTo(OutputStream.nullOutputStream());
            return Long.toHexString(in.getChecksum().getValue());
        }
    }

    private static Path temporary(Path result, String what) {
        return result.resolveSibling(result.getFileName() + "." + what + ".tmp");
    }

    private static void remove(Path root) throws IOException {
        for (Path entry : files(root)) {
            if (UNNEEDED.matcher(root.relativize(entry).toString()).matches()) {
                Files.delete(entry);
            }
        }
    }

    /** The first of equal names wins, as on a class path; lists of services are joined. */
    private static void add(Path from, Path root) throws IOException {
        for (Path entry : files(from)) {
            String name = from.relativize(entry).toString().replace('\\', '/');
            if (UNNEEDED.matcher(name).matches()) {
                continue;
            }
            Path to = root.resolve(name);
            Files.createDirectories(to.getParent());
            if (!Files.exists(to)) {
                Files.copy(entry, to);
            } else if (name.startsWith("META-INF/services/")) {
                Files.writeString(to, "\n" + Files.readString(entry, UTF_8), UTF_8, APPEND);
            }
        }
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static Manifest manifest() {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(Attributes.Name.MAIN_CLASS, "nmt4j.Main");
        main.put(Attributes.Name.MULTI_RELEASE, "true");
        // As flags of the command line these two would cost the JVM its archive of modules, and 0.1 s.
        main.putValue("Enable-Native-Access", "ALL-UNNAMED");
        main.putValue("Add-Exports", "java.base/jdk.internal.module"); // for VectorModule.java
        return manifest;
    }
}
