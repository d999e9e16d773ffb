package nmt4j.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Random;

/// Spoils bytes: bits flipped, parts lost, doubled or swapped, and pieces put in that readers stumble over.
final class Mutation {
    private static final String[] PIECES =
            {"null", "-1", "0", "1", "2147483648", "9223372036854775808", "1e999", "NaN", "true", "\"\"", "\"\\u0000\"",
                    "\"\\ud800\"", "[]", "{}", "{", "}", "[", "]", ",", ":", "\"", "\\", "//", "\n", "\r", "\r\n", "\t",
                    " ", "\0", "\u001b[2J", "\u0085", "\u2028", "\uFEFF", "\uFFFD", "😀", "../../etc/passwd", "|||",
                    "@@",
                    "</w>", "▁", "▁n", "<0x0A>", "<unk>", "</s>", "#version: 0.2", "[".repeat(3000), "a".repeat(9000),
                    " ".repeat(9000), "a b\n".repeat(500)};
    private static final byte[][] BYTES = {{(byte) 0xFF}, {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, {(byte) 0xC3},
            {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80}, {0x1F, (byte) 0x8B}};

    private Mutation() {}

    static byte[] of(byte[] bytes, Random random) {
        var spoilt = bytes;
        for (int n = random.nextInt(4); n >= 0; n--) spoilt = once(spoilt, random);
        return spoilt;
    }

    static String of(String text, Random random) {
        return new String(of(text.getBytes(UTF_8), random), UTF_8);
    }

    static byte[] piece(Random random) {
        return random.nextInt(5) == 0 ? BYTES[random.nextInt(BYTES.length)]
                : PIECES[random.nextInt(PIECES.length)].getBytes(UTF_8);
    }

    private static byte[] once(byte[] bytes, Random random) {
        if (bytes.length == 0) return piece(random);
        int from = random.nextInt(bytes.length);
        int to = Math.min(bytes.length, from + random.nextInt(random.nextBoolean() ? 8 : bytes.length));
        return switch (random.nextInt(8)) {
            case 0 -> flipped(bytes, from, random.nextInt(8));
            case 1 -> joined(bytes, 0, from, piece(random), to); // in place of a part
            case 2 -> joined(bytes, 0, from, new byte[0], to);
            case 3 -> joined(bytes, 0, to, new byte[0], from); // a part twice
            case 4 -> Arrays.copyOf(bytes, from);
            case 5, 6 -> joined(bytes, 0, from, piece(random), from);
            default -> joined(bytes, 0, from, piece(random), Math.min(bytes.length, from + 1));
        };
    }

    private static byte[] flipped(byte[] bytes, int at, int bit) {
        var spoilt = bytes.clone();
        spoilt[at] ^= (byte) (1 << bit);
        return spoilt;
    }

    /// The bytes up to `to`, a piece, and the bytes from `next` on.
    private static byte[] joined(byte[] bytes, int from, int to, byte[] piece, int next) {
        var joined = Arrays.copyOfRange(bytes, from, to + piece.length + bytes.length - next);
        System.arraycopy(piece, 0, joined, to - from, piece.length);
        System.arraycopy(bytes, next, joined, to - from + piece.length, bytes.length - next);
        return joined;
    }
}
