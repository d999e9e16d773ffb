package nmt4j.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternTest {
    @ParameterizedTest
    @CsvSource({"encoder.norm.gamma, encoder.norm.gamma, true", "encoder.norm, encoder.norm.gamma, false",
            "encoder.*, encoder.norm.gamma, true", "encoder.*, decoder.norm.gamma, false",
            "*.gamma, encoder.norm.gamma, true", "*.layers.0.*, encoder.layers.0.norm.gamma, true",
            "*.layers.0.*, encoder.layers.1.norm.gamma, false", "a*a, a, false", "a*a, aa, true", "a*b*b, ab, false",
            "*ab*, aab, true", "**, x, true", "encoderxnorm, encoder.norm, false"})
    void aStarStandsForAnyCharacters(String pattern, String name, boolean fits) {
        assertEquals(fits, NamePattern.of(pattern).fits(name));
    }

    /// What ends a quotation in a regular expression, and what makes one try forever.
    @Test
    void nothingElseIsSpecialAndManyStarsTakeNoTime() {
        assertFalse(NamePattern.of("a\\E(*").fits("encoder"));
        assertFalse(NamePattern.of("*e".repeat(401) + "*").fits("e".repeat(400)));
    }
}
