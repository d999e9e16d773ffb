package nmt4j.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What the JIT needs to keep vectors in registers, as far as it can be seen without running it: which methods it is to
/// inline, and which to leave alone, as the launcher says.
class VectorizedTest {
    /// Bytecodes of a method that it inlines anyway (MaxInlineSize).
    private static final int SHORT = 35;

    private static final Pattern VECTOR =
            Pattern.compile("Ljdk/incubator/vector/(\\w*Vector|VectorMask|VectorShuffle);");

    @Test
    void aMethodThatTakesOrGivesVectorsIsShortOrTheLauncherHasItInlined() throws IOException {
        var inlined = named("step");
        var left = new TreeSet<String>();
        for (var type : classes())
            for (var method : type.methods()) {
                if (VECTOR.matcher(method.methodType().stringValue()).find() && length(method) > SHORT
                        && inlined.stream().noneMatch(pattern -> matches(pattern, type, method)))
                    left.add(name(type) + "::" + method.methodName().stringValue());
            }
        assertEquals(Set.of(), left);
    }

    @Test
    void aLoopThatIsCompiledByItselfTakesAndGivesNoVectors() throws IOException {
        var loops = named("loop");
        for (var type : classes())
            for (var method : type.methods())
                if (loops.stream().anyMatch(pattern -> matches(pattern, type, method)))
                    assertFalse(VECTOR.matcher(method.methodType().stringValue()).find(), method::toString);
    }

    @Test
    void theLauncherNamesMethodsThatThereAre() throws IOException {
        var classes = classes();
        for (var list : List.of("step", "loop"))
            for (var pattern : named(list)) {
                Predicate<ClassModel> hasIt =
                        type -> type.methods().stream().anyMatch(method -> matches(pattern, type, method));
                assertTrue(classes.stream().anyMatch(hasIt), pattern);
            }
    }

    /// What `for LIST in …; do` goes through in the launcher.
    private static List<String> named(String list) throws IOException {
        var script = Files.readString(Path.of("src/main/sh/nmt"), UTF_8);
        var names = Pattern.compile("for " + list + " in ([^;]*);").matcher(script);
        assertTrue(names.find(), list);
        return List.of(names.group(1).replaceAll("[\\\\'\n]", " ").strip().split(" +"));
    }

    private static List<ClassModel> classes() throws IOException {
        var models = new ArrayList<ClassModel>();
        try (var files = Files.newDirectoryStream(Path.of("target/classes/nmt4j/kernel"), "*.class")) {
            for (var file : files) models.add(ClassFile.of().parse(file));
        }
        assertFalse(models.isEmpty());
        return models;
    }

    private static int length(MethodModel method) {
        return method.code().map(code -> ((CodeAttribute) code).codeLength()).orElse(0);
    }

    private static String name(ClassModel type) {
        var name = type.thisClass().asInternalName();
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /// As `-XX:CompileCommand` matches names: `*` at either end is anything.
    private static boolean matches(String pattern, ClassModel type, MethodModel method) {
        var regex = Pattern.compile("\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E");
        return regex.matcher(name(type) + "::" + method.methodName().stringValue()).matches();
    }
}
