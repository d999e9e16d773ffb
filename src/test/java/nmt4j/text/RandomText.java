package nmt4j.text;

import java.util.Random;

/// Lines of random Unicode, the same for the same seed: all planes, with what is odd more often than in life.
final class RandomText {
    private static final int[] ODD =
            {' ', ' ', ' ', '\t', 0, '\r', 0x0B, 0x0C, 0x1C, 0x7F, 0x85, 0xA0, 0xAD, 0x200B, 0x200D,
                    0x2028, 0x2029, 0x202F, 0x2581, 0x3000, 0xFEFF, 0xFFFD, 0xFFFF, 0x1F600, 0x10FFFF, '<', '>', '/',
                    '@', '\\', '0'};

    private final Random random;

    RandomText(long seed) {
        random = new Random(seed);
    }

    String line(int longest) {
        var line = new StringBuilder();
        for (int i = random.nextInt(longest + 1); i > 0; i--)
            line.appendCodePoint(codePoint());
        return line.toString();
    }

    /// Short words over few letters, separated by spaces: what byte pair encoding finds much to merge in.
    String words(String letters, int most) {
        var line = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            for (int j = random.nextInt(9); j > 0; j--)
                line.appendCodePoint(letters.codePointAt(letters.offsetByCodePoints(0,
                        random.nextInt(letters.codePointCount(0, letters.length())))));
            line.append(' ');
        }
        return line.toString();
    }

    private int codePoint() {
        return switch (random.nextInt(4)) {
            case 0 -> ODD[random.nextInt(ODD.length)];
            case 1 -> 'a' + random.nextInt(26);
            case 2 -> 0xC0 + random.nextInt(0x2000);
            default -> anyCodePoint();
        };
    }

    private int anyCodePoint() {
        int c = random.nextInt(0x110000);
        return c == '\n' || c >= 0xD800 && c <= 0xDFFF ? 'x' : c;
    }
}
