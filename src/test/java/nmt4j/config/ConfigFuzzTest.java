package nmt4j.config;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import nmt4j.Failure;
import org.junit.jupiter.api.Test;

class ConfigFuzzTest {
    private static final String[] PIECES = {"null", "-1", "0", "7", "1e999", "true", "\"\"", "\"rnn\"", "[]", "{}", "{",
            "}", "[", ",", ":", "//", "\u0000", "\ud800", "\"type\"", "99999999999999999999", "\"\\u0000\""};

    @Test
    void aSpoiltConfigIsReadOrRefusedAndNeverABug() {
        var json = ConfigTest.smallest().toJson();
        var random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 3000; i++) {
            var spoilt = spoil(json, random);
            try {
                Config.parse(spoilt, "fuzz");
            } catch (Failure e) {
                refused++;
                assertFalse(e.getMessage().isBlank());
                assertTrue(e.getMessage().lines().allMatch(line -> line.startsWith("fuzz: ")),
                        e.getMessage());
            }
        }
        assertTrue(refused > 1000, "only " + refused);
    }

    /// Puts pieces in place of others: single letters, or whole values.
    private static String spoil(String json, Random random) {
        var text = new StringBuilder(json);
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            var piece = PIECES[random.nextInt(PIECES.length)];
            int colon = text.indexOf(": ", random.nextInt(text.length()));
            int end = colon < 0 ? -1 : text.indexOf(",", colon);
            if (end > 0 && random.nextInt(4) > 0) {
                text.replace(colon + 2, end, piece);
            } else {
                int at = random.nextInt(text.length());
                text.replace(at, Math.min(text.length(), at + random.nextInt(4)), piece);
            }
        }
        return text.toString();
    }
}
