package nmt4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import nmt4j.Main;
import nmt4j.text.LineReader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A file of a million lines, some of them odd, in a process of its own: little memory, and each line as if it were alone.
@Tag("slow")
class MillionLinesTest {
    private static final int LINES = Integer.getInteger("nmt.lines", 1_000_000);
    private static final int ALONE = 5_000; // one line in so many is translated alone
    private static final List<String> ODD = List.of("", " ", "\r", "\0", "\u0085", "a\u2028b", "\uFEFF", "ein Satz\r",
            "😀", "wort ".repeat(300), "x".repeat(5000));

    @TempDir
    private Path folder;

    @Test
    void aMillionLinesTakeNoMoreMemoryThanAThousand() throws IOException, InterruptedException {
        var model = RandomModel.write(folder.resolve("model.safetensors"), RandomModel.LUONG, 3);
        var input = folder.resolve("in");
        var output = folder.resolve("out");
        writeLines(input);
        var command = Program.java(List.of(), Measured.class, List.of("translate", model.toString(), "--beam", "1"));
        long start = System.nanoTime();
        var process = new ProcessBuilder(command).redirectInput(input.toFile()).redirectOutput(output.toFile()).start();
        var said = new String(process.getErrorStream().readAllBytes(), UTF_8);
        assertEquals(0, process.waitFor(), () -> said.substring(0, Math.min(5000, said.length())));
        long peak = Long.parseLong(said.substring(said.lastIndexOf(' ') + 1).strip());
        System.out.printf("%,d lines in %.0f s, peak memory %,d MiB%n", LINES, (System.nanoTime() - start) / 1e9, peak);
        assertTrue(peak < 1000, () -> peak + " MiB");
        compare(input, output, model);
    }

    private static void writeLines(Path file) throws IOException {
        var random = new Random(5);
        try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < LINES; i++) {
                writeLine(out, random);
                out.write('\n');
            }
        }
    }

    private static void writeLine(OutputStream out, Random random) throws IOException {
        int odd = random.nextInt(2000);
        if (odd < ODD.size()) out.write(ODD.get(odd).getBytes(UTF_8));
        else if (odd == ODD.size()) out.write(0xFF);
        else
            for (int n = random.nextInt(9); n >= 0; n--)
                out.write(("wort" + random.nextInt(1000) + " ").getBytes(UTF_8));
    }

    private static void compare(Path input, Path output, Path model) throws IOException {
        var seen = new ArrayList<String>();
        try (var in = LineReader.lenient(input); var out = LineReader.strict(output)) {
            while (in.advance()) {
                assertTrue(out.advance(), () -> "no line " + in.number());
                assertEquals(in.carriageReturn(), out.carriageReturn());
                if (in.number() % ALONE != 0) continue;
                assertEquals(alone(in.line(), model), out.line(), "line " + in.number());
                seen.add(out.line());
            }
            assertFalse(out.advance());
            assertEquals(LINES, out.number());
        }
        assertTrue(seen.stream().distinct().count() > seen.size() / 10, "too few are different");
    }

    private static String alone(String line, Path model) {
        var out = new StringWriter();
        var afterAnother = "\n" + line; // at the start, U+FEFF would be a byte order mark
        var streams = new Streams(new ByteArrayInputStream(afterAnother.getBytes(UTF_8)), out,
                new PrintStream(OutputStream.nullOutputStream(), true, UTF_8), false);
        assertEquals(0, Main.run(streams, "translate", model.toString(), "--beam", "1"));
        return out.toString().replace("\n", "");
    }
}
