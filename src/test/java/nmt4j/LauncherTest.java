package nmt4j;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The launcher's shell script, with folders that look like JDKs and whose `java` prints its arguments.
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    @TempDir
    Path folder;

    private Path launcher;

    /// The script as it is, but that it does not find the JDKs of this machine.
    @BeforeEach
    void placeWhereNoOtherJdkIs() throws IOException {
        launcher = folder.resolve("a folder/nmt");
        Files.createDirectories(launcher.getParent());
        var script = Files.readString(Path.of("src/main/sh/nmt"), UTF_8);
        Files.writeString(launcher, script.replaceAll(" (/usr|/opt|/Library)/", " " + folder + "$1/"), UTF_8);
        assertTrue(launcher.toFile().setExecutable(true));
    }

    @Test
    void withoutAJdkItSaysInOneLineWhatToInstall() throws Exception {
        jdk("usr/lib/jvm/old", "24.0.2", "java.base jdk.incubator.vector");
        jdk("usr/lib/jvm/small", "25", "java.base");
        var run = run(Map.of(), "--help");
        assertEquals(4, run.code);
        assertEquals(List.of("nmt: needs a JDK 25 or newer, for example from https://adoptium.net; "
                + "if you have one, set NMT_JAVA to its folder"), run.lines);
    }

    @Test
    void aWrongNmtJavaIsTheUsersMistake() throws Exception {
        jdk("usr/lib/jvm/good", "25.0.1", "java.base jdk.incubator.vector");
        var run = run(Map.of("NMT_JAVA", "/no/where"), "--help");
        assertEquals(2, run.code);
        assertTrue(run.lines.getFirst().startsWith("nmt: NMT_JAVA is /no/where, "), run.lines.toString());
    }

    @Test
    void nmtJavaGoesBeforeJavaHomeBeforeTheUsualFolders() throws Exception {
        var first = jdk("first jdk", "25", "java.base jdk.incubator.vector");
        var second = jdk("second", "26-ea", "java.base jdk.incubator.vector");
        var third = jdk("usr/lib/jvm/third", "25.0.1", "java.base jdk.incubator.vector");
        var variables = Map.of("NMT_JAVA", first + "/bin/java", "JAVA_HOME", second.toString());
        assertEquals(first.toString(), run(variables, "--help").lines.getFirst());
        assertEquals(second.toString(), run(Map.of("JAVA_HOME", second.toString()), "--help").lines.getFirst());
        assertEquals(third.toString(), run(Map.of("JAVA_HOME", "/no/where"), "--help").lines.getFirst());
    }

    @Test
    void lessIsCompiledForAPageThanForTranslationsAndForThoseThanForTraining() throws Exception {
        jdk("usr/lib/jvm/good", "25", "java.base jdk.incubator.vector");
        assertTrue(run(Map.of(), "report", "run").lines.contains("-XX:Tier4BackEdgeThreshold=400000"));
        assertTrue(run(Map.of(), "translate", "run").lines.contains("-XX:Tier4BackEdgeThreshold=120000"));
        assertFalse(run(Map.of(), "train", "x.json").text().contains("-XX:Tier4BackEdgeThreshold="));
    }

    @Test
    void theJitIsToldWhatToInlineAndWhatNot() throws Exception {
        jdk("usr/lib/jvm/good", "25", "java.base jdk.incubator.vector");
        var lines = run(Map.of(), "train", "x.json").lines;
        assertTrue(lines.contains("-XX:MinInlineFrequencyRatio=0"));
        assertTrue(lines.contains("-XX:CompileCommand=inline,nmt4j.kernel.Functions::*"));
        assertTrue(lines.contains("-XX:CompileCommand=dontinline,nmt4j.kernel.Elementwise::tanh"));
    }

    @Test
    void argumentsArriveAsTheyAre() throws Exception {
        jdk("usr/lib/jvm/good", "25", "java.base jdk.incubator.vector");
        var lines = run(Map.of(), "train", "a  b", "", "*", "ü", "$HOME").lines;
        var jar = lines.indexOf("-jar");
        assertEquals(List.of(launcher.toString(), "train", "a  b", "", "*", "ü", "$HOME"),
                lines.subList(jar + 1, lines.size()));
    }

    @Test
    void jdk25LoadsTheVectorApiLaterAndANewerOneWhereItIsNeeded() throws Exception {
        var good = jdk("usr/lib/jvm/good", "25.0.1", "java.base jdk.incubator.vector");
        assertTrue(run(Map.of(), "train", "x.json").lines.contains("-XX:+EnableVectorSupport"));
        var newer = Map.of("NMT_JAVA", jdk("newer", "26", "java.base jdk.incubator.vector").toString());
        var module = "--add-modules=jdk.incubator.vector";
        assertFalse(run(Map.of("NMT_JAVA", good.toString()), "train", "x.json").lines.contains(module));
        assertTrue(run(newer, "train", "x.json").lines.contains(module));
        assertFalse(run(newer, "--version").lines.contains(module));
    }

    @Test
    void aShortCommandHasAStartCacheMadeThatTheNextOneUses() throws Exception {
        jdk("usr/lib/jvm/good", "25", "java.base jdk.incubator.vector");
        var cache = folder.resolve("a cache");
        var variables = Map.of("XDG_CACHE_HOME", cache.toString(), "PATH", System.getenv("PATH"));
        assertFalse(run(variables, "train", "x.json").text().contains("-XX:AOTCache="));
        assertFalse(Files.exists(cache), "train made a cache");
        assertFalse(run(variables, "eval", "x").text().contains("-XX:AOTCache="));
        awaitStartCaches(cache.resolve("nmt"), 1);
        assertTrue(run(variables, "train", "x.json").text().contains("-XX:AOTCache=" + cache + "/nmt/start-"));
        var off = new HashMap<>(variables);
        off.put("NMT_START_CACHE", "off");
        assertFalse(run(off, "eval", "x").text().contains("-XX:AOTCache="));
    }

    @Test
    void aStartCacheIsOfOneBuild() throws Exception {
        jdk("usr/lib/jvm/good", "25", "java.base jdk.incubator.vector");
        var cache = folder.resolve("cache");
        var variables = Map.of("XDG_CACHE_HOME", cache.toString(), "PATH", System.getenv("PATH"));
        run(variables, "eval", "x");
        awaitStartCaches(cache.resolve("nmt"), 1);
        assertTrue(run(variables, "train", "x.json").text().contains("-XX:AOTCache="));
        var script = Files.readString(launcher, UTF_8);
        assertTrue(script.contains("\nbuild=\n"));
        Files.writeString(launcher, script.replace("\nbuild=\n", "\nbuild=1f\n"), UTF_8);
        assertFalse(run(variables, "train", "x.json").text().contains("-XX:AOTCache="));
    }

    @Test
    void ofManyStartCachesThoseStayThatWereReadLast() throws Exception {
        jdk("usr/lib/jvm/good", "25", "java.base jdk.incubator.vector");
        var cache = Files.createDirectories(folder.resolve("cache/nmt"));
        for (int day = 1; day <= 9; day++) {
            var file = Files.writeString(cache.resolve("start-" + day + ".aot"), "");
            var read = FileTime.from(Instant.parse("2025-01-0" + (day == 1 ? 9 : day - 1) + "T00:00:00Z"));
            Files.getFileAttributeView(file, BasicFileAttributeView.class).setTimes(read, read, read);
        }
        run(Map.of("XDG_CACHE_HOME", cache.getParent().toString(), "PATH", System.getenv("PATH")), "eval", "x");
        var left = awaitStartCaches(cache, 4);
        assertTrue(left.containsAll(List.of("start-1.aot", "start-9.aot", "start-8.aot")), left.toString());
    }

    @Test
    void withoutAFolderForCachesItStartsAllTheSame() throws Exception {
        jdk("usr/lib/jvm/good", "25", "java.base jdk.incubator.vector");
        var nothing = Map.of("XDG_CACHE_HOME", "/dev/null/no", "PATH", System.getenv("PATH"));
        var run = run(nothing, "--help");
        assertEquals(0, run.code);
        assertFalse(run.text().contains("AOTCache="), run.text());
        assertEquals("--help", run.lines.getLast());
    }

    /// Until there are so many.
    private static Set<String> awaitStartCaches(Path folder, int number) throws Exception {
        for (long end = System.nanoTime() + 60_000_000_000L; System.nanoTime() < end; Thread.onSpinWait()) {
            if (!Files.isDirectory(folder)) continue;
            var found = new HashSet<String>();
            try (var files = Files.newDirectoryStream(folder, "start-*.aot")) {
                for (var file : files) found.add(file.getFileName().toString());
            }
            if (found.size() == number) return found;
        }
        throw new AssertionError("not " + number + " start caches after a minute");
    }

    private record Run(int code, List<String> lines) {
        String text() {
            return String.join("\n", lines);
        }
    }

    private Run run(Map<String, String> variables, String... args) throws Exception {
        var command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(args));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("PATH", folder.toString());
        builder.environment().put("HOME", folder.toString());
        builder.environment().putAll(variables);
        var process = builder.start();
        process.getOutputStream().close();
        var text = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Run(process.waitFor(), text.lines().toList());
    }

    private Path jdk(String name, String version, String modules) throws IOException {
        var home = folder.resolve(name);
        var java = home.resolve("bin/java");
        Files.createDirectories(java.getParent());
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\nMODULES=\"" + modules + "\"\n");
        Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' '" + home + "' \"$@\"\n"
                + "for flag; do case $flag in -XX:AOTCacheOutput=*) echo . > \"${flag#*=}\" ;; esac; done\n");
        assertTrue(java.toFile().setExecutable(true));
        return home;
    }
}
