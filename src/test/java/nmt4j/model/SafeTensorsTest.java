package nmt4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nmt4j.Failure;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTensorsTest {
    private static final float[] WEIGHT = {0, 1, 2, 3, 4, 5};
    private static final byte[] BIAS = {-1, 7};

    @TempDir
    Path folder;

    private static List<SafeTensors.Source> tensors() {
        return List.of(
                new SafeTensors.Source("bias", ElementType.I8, List.of(2L), () -> MemorySegment.ofArray(BIAS)),
                new SafeTensors.Source("weight", ElementType.F32, List.of(2L, 3L), () -> MemorySegment.ofArray(WEIGHT)),
                new SafeTensors.Source("none", ElementType.BF16, List.of(0L, 3L), () -> MemorySegment.NULL));
    }

    private Path written(String name) {
        var file = folder.resolve(name);
        SafeTensors.write(file, Map.of("language", "de → en \"\\\n"), tensors());
        return file;
    }

    @Test
    void whatIsWrittenIsRead() {
        try (var file = SafeTensors.open(written("a.safetensors"))) {
            assertEquals("de → en \"\\\n", file.metadata().get("language"));
            assertEquals(List.of("weight", "none", "bias"), List.copyOf(file.tensors().keySet()));
            assertEquals(List.of(2L, 3L), file.tensors().get("weight").shape());
            assertArrayEquals(WEIGHT, file.data("weight").toArray(ValueLayout.JAVA_FLOAT_UNALIGNED));
            assertArrayEquals(BIAS, file.data("bias").toArray(ValueLayout.JAVA_BYTE));
            assertEquals(0, file.data("none").byteSize());
        }
    }

    /// The file was written by safetensors 0.8.0 (Python):
    /// ```python
    /// save_file({"weight": np.arange(6, dtype=np.float32).reshape(2, 3), "bias": np.array([-1, 7], dtype=np.int8),
    ///            "none": np.zeros((0, 3), dtype=np.float32)}, "python.safetensors", {"language": "de → en"})
    /// ```
    @Test
    void aFileOfPythonIsRead() throws Exception {
        try (var file = SafeTensors.open(Path.of(getClass().getResource("python.safetensors").toURI()))) {
            assertEquals(Map.of("language", "de → en"), file.metadata());
            assertEquals(List.of(2L, 3L), file.tensors().get("weight").shape());
            assertArrayEquals(WEIGHT, file.data("weight").toArray(ValueLayout.JAVA_FLOAT_UNALIGNED));
            assertArrayEquals(BIAS, file.data("bias").toArray(ValueLayout.JAVA_BYTE));
            assertEquals(List.of(0L, 3L), file.tensors().get("none").shape());
        }
    }

    @Test
    void theBytesAreThoseOfTheFormat() throws IOException {
        var bytes = ByteBuffer.wrap(Files.readAllBytes(written("a.safetensors"))).order(ByteOrder.LITTLE_ENDIAN);
        int length = (int) bytes.getLong();
        assertEquals(0, length % 8);
        var header = new byte[length];
        bytes.get(header);
        var text = new String(header, StandardCharsets.UTF_8).strip();
        assertTrue(text.matches("""
                \\{"__metadata__":\\{"language":"de → en \\\\"\\\\\\\\\\\\n","crc32c":"[0-9a-f]{8}"},\
                "weight":\\{"dtype":"F32","shape":\\[2,3],"data_offsets":\\[0,24]},\
                "none":\\{"dtype":"BF16","shape":\\[0,3],"data_offsets":\\[24,24]},\
                "bias":\\{"dtype":"I8","shape":\\[2],"data_offsets":\\[24,26]}}"""), text);
        for (float weight : WEIGHT) assertEquals(weight, bytes.getFloat());
        assertEquals(2, bytes.remaining());
    }

    @Test
    void equalContentGivesEqualBytes() throws IOException {
        assertEquals(-1, Files.mismatch(written("a.safetensors"), written("b.safetensors")));
        assertFalse(Files.exists(folder.resolve("a.safetensors.nmt-tmp")));
    }

    @Test
    void memoryBeyondOneBufferIsWrittenWhole() {
        var file = folder.resolve("large.safetensors");
        try (var arena = Arena.ofConfined()) {
            var data = arena.allocate(3_000_004, 4);
            for (long i = 0; i < data.byteSize(); i += 4) data.set(ValueLayout.JAVA_INT, i, (int) i);
            SafeTensors.write(file, Map.of(),
                    List.of(new SafeTensors.Source("x", ElementType.F32, List.of(750_001L), () -> data)));
            try (var read = SafeTensors.open(file)) {
                assertEquals(-1, read.data("x").mismatch(data));
            }
        }
    }

    /// A bit flipped in the key `crc32c` itself makes it another key, and the file one without a checksum: who asks
    /// for one sees that.
    @Test
    void anyFlippedBitIsRecognised() throws IOException {
        var bytes = Files.readAllBytes(written("a.safetensors"));
        var file = folder.resolve("damaged.safetensors");
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, bytes);
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            try (var read = SafeTensors.open(file)) {
                assertFalse(read.metadata().containsKey(SafeTensors.CHECKSUM), "bit " + bit);
            } catch (Failure e) {
                assertEquals(Failure.Kind.MISTAKE, e.kind());
                assertTrue(e.getMessage().startsWith(file + ": not a good .safetensors file: "), e.getMessage());
                assertEquals(1, e.getMessage().lines().count(), e.getMessage());
            }
        }
    }

    @Test
    void aFileCutAnywhereIsRefused() throws IOException {
        var bytes = Files.readAllBytes(written("a.safetensors"));
        var file = folder.resolve("cut.safetensors");
        for (int length = 0; length < bytes.length; length++) {
            Files.write(file, Arrays.copyOf(bytes, length));
            assertThrows(Failure.class, () -> SafeTensors.open(file));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{}|1|its tensors take 0 bytes, but 1 follow the header",
            "[]|0|START_ARRAY, expected START_OBJECT",
            "{} {}|0|text after the end",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}|8|Duplicate field 'a'",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[2,6]}}|6|overlaps another",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[5,9]}}|9|a hole before it",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}|4|F32 [2] takes 8 bytes, but its data_offsets are 0 to 4",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[-4,0]}}|0|negative number -4",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}|0|takes 4 bytes",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,0]}}|0|beyond any file",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[9223372036854775804,9223372036854775808]}}|4|header is not valid",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[9223372036854775803,9223372036854775807]}}|4|a hole before it",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.0],\"data_offsets\":[0,4]}}|4|VALUE_NUMBER_FLOAT, expected VALUE_NUMBER_INT",
            "{\"a\":{\"dtype\":\"F33\",\"shape\":[1],\"data_offsets\":[0,4]}}|4|unknown dtype \"F33\"",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"x\":1}}|4|unknown key \"x\"",
            "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}}|4|needs dtype, shape and two data_offsets",
            "{\"../../etc\\n\\u001b[2J\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,1]}}|1|tensor \"../../etc\\u000a\\u001b[2J\"",
            "{\"__metadata__\":{\"a\":1}}|0|VALUE_NUMBER_INT, expected VALUE_STRING",
            "{\"__metadata__\":{\"crc32c\":\"12345678\"}}|0|damaged: its checksum is",
            "{\"__metadata__\":{\"crc32c\": \"12345678\"}}|0|its checksum is not as it was written",
    })
    void aHostileHeaderIsRefused(String header, int dataSize, String complaint) throws IOException {
        assertRefused(file(header.getBytes(StandardCharsets.UTF_8), dataSize), complaint);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 100, 100_000_001, Long.MAX_VALUE, Long.MIN_VALUE, -1})
    void anImpossibleHeaderLengthIsRefused(long length) throws IOException {
        var file = folder.resolve("hostile.safetensors");
        Files.write(file, ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array());
        assertRefused(file, "header of " + Long.toUnsignedString(length) + " bytes in a file of 16");
    }

    @Test
    void deepAndWideHeadersAreRefusedSoon() throws IOException {
        assertRefused(file("[".repeat(1_000_000).getBytes(StandardCharsets.UTF_8), 0),
                "START_ARRAY, expected START_OBJECT");
        assertRefused(file(("{\"a\":{\"shape\":" + "[".repeat(1_000_000)).getBytes(StandardCharsets.UTF_8), 0),
                "header is not valid");
        assertRefused(file(("{\"a\":{\"shape\":[" + "1,".repeat(1_000_000)).getBytes(StandardCharsets.UTF_8), 0),
                "more than 16 dimensions");
        var many = new StringBuilder("{");
        for (int i = 0; i < 100_001; i++)
            many.append("\"%d\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]},".formatted(i));
        assertRefused(file(many.toString().getBytes(StandardCharsets.UTF_8), 0), "more than 100,000 tensors");
    }

    /// Names of the same parts in another order, which a table of names may take for neighbours: 8! of them.
    @Test
    void namesThatMayCollideAreReadSoon() throws IOException {
        var names = List.of("");
        for (var part : List.of("aaaa", "bbbb", "cccc", "dddd", "eeee", "ffff", "gggg", "hhhh"))
            names = names.stream()
                    .flatMap(name -> IntStream.rangeClosed(0, name.length() / 4)
                            .mapToObj(at -> name.substring(0, 4 * at) + part + name.substring(4 * at)))
                    .toList();
        var tensors = names.stream()
                .map(name -> "\"" + name + "\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}");
        var file = file(tensors.collect(Collectors.joining(",", "{", "}")).getBytes(StandardCharsets.UTF_8), 0);
        Assertions.assertTimeout(Duration.ofSeconds(5), () -> {
            try (var read = SafeTensors.open(file)) {
                assertEquals(40_320, read.tensors().size());
            }
        });
    }

    @Test
    void randomChangesNeverGiveAnythingButAFailure() throws IOException {
        var bytes = Files.readAllBytes(written("a.safetensors"));
        var random = new Random(3);
        var letters = "{}[]\",:0129-e\\u\0\u00ff".getBytes(StandardCharsets.ISO_8859_1);
        for (int round = 0; round < 2_000; round++) {
            var spoiled = bytes.clone();
            for (int change = random.nextInt(4); change >= 0; change--)
                spoiled[8 + random.nextInt(bytes.length - 8)] = letters[random.nextInt(letters.length)];
            var file = folder.resolve("spoiled.safetensors");
            Files.write(file, spoiled);
            try (var read = SafeTensors.open(file)) {
                assertTrue(Arrays.equals(bytes, spoiled) || !read.metadata().containsKey(SafeTensors.CHECKSUM));
            } catch (Failure e) {
                assertEquals(1, e.getMessage().lines().count());
            }
        }
    }

    @Test
    void aFolderOrAMissingFileIsTheUsersMistake() {
        assertEquals(folder + ": a folder, expected a .safetensors file",
                assertThrows(Failure.class, () -> SafeTensors.open(folder)).getMessage());
        var missing = folder.resolve("none.safetensors");
        assertEquals(missing + ": no such file",
                assertThrows(Failure.class, () -> SafeTensors.open(missing)).getMessage());
    }

    private Path file(byte[] header, int dataSize) throws IOException {
        var file = folder.resolve("hostile.safetensors");
        var bytes = ByteBuffer.allocate(8 + header.length + dataSize).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(file, bytes.putLong(header.length).put(header).array());
        return file;
    }

    private static void assertRefused(Path file, String complaint) {
        var failure = Assertions.assertTimeout(Duration.ofSeconds(5),
                () -> assertThrows(Failure.class, () -> SafeTensors.open(file)));
        assertEquals(Failure.Kind.MISTAKE, failure.kind());
        assertTrue(failure.getMessage().contains(complaint), failure.getMessage());
        assertEquals(1, failure.getMessage().lines().count(), failure.getMessage());
    }
}
