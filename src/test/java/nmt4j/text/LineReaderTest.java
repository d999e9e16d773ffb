package nmt4j.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import nmt4j.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineReaderTest {
    @TempDir
    Path folder;

    private static LineReader lenient(byte[] bytes) {
        return LineReader.lenient(new ByteArrayInputStream(bytes), "stdin");
    }

    private static List<String> lines(String text) {
        return lines(lenient(text.getBytes(UTF_8)));
    }

    private static List<String> lines(LineReader reader) {
        var lines = new ArrayList<String>();
        while (reader.advance())
            lines.add(reader.line());
        return lines;
    }

    @Test
    void onlyLfEndsALine() {
        assertEquals(List.of("a\u0085b\u2028c\u000bd\u000ce\rf", "g"), lines("a\u0085b\u2028c\u000bd\u000ce\rf\ng"));
        assertEquals(List.of("", "", "x"), lines("\n\nx\n"));
        assertEquals(List.of("x", ""), lines("x\n\n"));
        assertEquals(List.of(), lines(""));
    }

    @Test
    void oneCrBeforeTheEndIsStrippedAndCounted() {
        var reader = lenient("a\r\nb\r\r\n\r\nc\r".getBytes(UTF_8));
        assertEquals(List.of("a", "b\r", "", "c"), lines(reader));
        assertEquals(4, reader.carriageReturns());
        assertEquals(4, reader.number());
    }

    @Test
    void aByteOrderMarkIsStrippedAtTheStartOnly() {
        var reader = lenient("\uFEFFa\n\uFEFFb".getBytes(UTF_8));
        assertTrue(reader.advance());
        assertEquals("a", reader.line());
        assertEquals(3, reader.offset());
        assertTrue(reader.byteOrderMark());
        assertEquals(List.of("\uFEFFb"), lines(reader));
    }

    @Test
    void offsetsAreThoseOfTheBytes() {
        byte[] bytes = ("äöü\r\n" + "x".repeat(200_000) + "\n\nend").getBytes(UTF_8);
        var reader = lenient(bytes);
        while (reader.advance()) {
            byte[] line = reader.line().getBytes(UTF_8);
            int from = (int) reader.offset();
            assertEquals(reader.line(), new String(bytes, from, line.length, UTF_8));
        }
        assertEquals(bytes.length - 3, reader.offset());
    }

    @Test
    void invalidBytesStopWithFileLineAndByte() throws IOException {
        var file = folder.resolve("train.de");
        assertInvalid(file, "gut\nschön\n".getBytes(ISO_8859_1), "line 2: byte 4: invalid UTF-8 (0xF6)");
        assertInvalid(file, new byte[] {'a', '\n', 'b', (byte) 0xED, (byte) 0xA0, (byte) 0x80},
                "line 2: byte 2: invalid UTF-8 (0xED)");
        assertInvalid(file, new byte[] {'a', (byte) 0xE2, (byte) 0x82}, "line 1: byte 2: invalid UTF-8 (0xE2)");
        assertInvalid(file, new byte[] {(byte) 0xFF, (byte) 0xFE, 'a', 0},
                "line 1: byte 1: invalid UTF-8 (0xFF); the file looks like UTF-16");
    }

    private static void assertInvalid(Path file, byte[] bytes, String message) throws IOException {
        Files.write(file, bytes);
        try (var reader = LineReader.strict(file)) {
            assertEquals(file + ": " + message, assertThrows(Failure.class, () -> lines(reader)).getMessage());
        }
    }

    @Test
    void invalidBytesAreReplacedWhereAskedAndAReplacementInTheTextIsValid() throws IOException {
        var reader = lenient(new byte[] {'a', (byte) 0xFF, 'b', '\n', 'c'});
        assertEquals(List.of("a\uFFFDb", "c"), lines(reader));
        assertEquals(1, reader.invalidLines());
        var file = Files.writeString(folder.resolve("valid"), "a\uFFFDb\n");
        assertEquals(List.of("a\uFFFDb"), lines(LineReader.strict(file)));
    }

    @Test
    void gzipIsKnownByItsFirstBytesAlsoInSeveralMembers() throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (var part : List.of("a\nb", "c\nd\n"))
            try (var gzip = new GZIPOutputStream(bytes)) {
                gzip.write(part.getBytes(UTF_8));
            }
        var file = Files.write(folder.resolve("no-gz-in-its-name"), bytes.toByteArray());
        assertEquals(List.of("a", "bc", "d"), lines(LineReader.strict(file)));
        assertEquals(List.of("plain"),
                lines(LineReader.strict(Files.writeString(folder.resolve("plain.gz"), "plain\n"))));
        Files.write(file, Arrays.copyOf(bytes.toByteArray(), bytes.size() - 6));
        var failure = assertThrows(Failure.class, () -> lines(LineReader.strict(file)));
        assertTrue(failure.getMessage().startsWith(file + ": damaged gzip after line"), failure.getMessage());
    }

    @Test
    void linesOfAnyLengthComeWhole() {
        var text = "é".repeat(5_000_000);
        assertEquals(List.of("a", text, "b"), lines("a\n" + text + "\nb\n"));
    }

    @Test
    void aLineThatIsTooLongIsCutBetweenCharactersOrRefused() throws IOException {
        var reader = lenient(("a\n" + "é".repeat(9 << 20) + "\nb\n" + "x".repeat(17 << 20)).getBytes(UTF_8));
        assertTrue(reader.advance() && !reader.isCut());
        assertTrue(reader.advance() && reader.isCut());
        assertTrue(reader.line().matches("é+") && reader.line().length() >= (8 << 20) - 1, "" + reader.line().length());
        assertTrue(reader.advance() && !reader.isCut());
        assertEquals("b", reader.line());
        assertTrue(reader.advance() && reader.isCut());
        assertFalse(reader.advance());
        assertEquals(4, reader.number());
        assertEquals(0, reader.invalidLines());
    }

    /// 160 megabytes of one letter, packed a thousandfold.
    @Test
    void aBombOfGzipIsRefusedInBoundedMemory() throws IOException {
        var file = folder.resolve("bomb.gz");
        var letters = new byte[1 << 20];
        Arrays.fill(letters, (byte) 'a');
        try (var gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < 160; i++) gzip.write(letters);
        }
        try (var strict = LineReader.strict(file); var lenient = LineReader.lenient(file)) {
            assertEquals(file + ": line 1: longer than 128 MiB; are the line ends LF?",
                    assertThrows(Failure.class, strict::advance).getMessage());
            assertTrue(lenient.advance());
            assertEquals(1 << 24, lenient.line().length() + 1);
            assertFalse(lenient.advance());
        }
    }

    @Test
    void aLineIsGivenWhileTheStreamIsStillOpen() throws IOException {
        var out = new PipedOutputStream();
        try (var reader = LineReader.lenient(new PipedInputStream(out), "stdin")) {
            out.write("first\nsec".getBytes(UTF_8));
            assertTrue(reader.advance());
            assertEquals("first", reader.line());
            assertFalse(reader.isReady());
            out.write("ond".getBytes(UTF_8));
            out.close();
            assertTrue(reader.advance());
            assertEquals("second", reader.line());
            assertFalse(reader.advance());
        }
    }

    @Test
    void aFileThatIsNotThereIsTheUsersMistake() {
        var file = folder.resolve("absent");
        assertEquals(file + ": no such file", assertThrows(Failure.class, () -> LineReader.strict(file)).getMessage());
        assertThrows(Failure.class, () -> LineReader.strict(folder));
    }

    @Test
    void linesOfSeveralFilesFollowEachOtherAtEachIteration() throws IOException {
        var files = List.of(Files.writeString(folder.resolve("1"), "a\nb"), Files.writeString(folder.resolve("2"), ""),
                Files.writeString(folder.resolve("3"), "c\n"));
        var lines = new Lines(files);
        for (int i = 0; i < 2; i++) {
            var read = new ArrayList<String>();
            lines.forEach(read::add);
            assertEquals(List.of("a", "b", "c"), read);
        }
    }
}
