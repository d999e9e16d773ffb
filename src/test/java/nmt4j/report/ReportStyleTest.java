package nmt4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Web Content Accessibility Guidelines 2.2, success criteria 1.4.3 and 1.4.11.
class ReportStyleTest {
    private static final double TEXT = 4.5;
    private static final double GRAPHICS = 3;

    /// For light, for dark and for paper.
    private static List<Map<String, Integer>> palettes() {
        var palettes = new ArrayList<Map<String, Integer>>();
        var roots = Pattern.compile(":root \\{([^}]*)}").matcher(ReportPage.resource("report.css"));
        while (roots.find()) {
            var colors = new HashMap<String, Integer>();
            var color = Pattern.compile("--(\\w+): #([0-9a-f]+)").matcher(roots.group(1));
            while (color.find()) colors.put(color.group(1), rgb(color.group(2)));
            palettes.add(colors);
        }
        return palettes;
    }

    private static int rgb(String digits) {
        return Integer.parseInt(digits.length() == 3 ? digits.replaceAll("(.)", "$1$1") : digits, 16);
    }

    @Test
    void everyPaletteHasAllColours() {
        assertEquals(3, palettes().size());
        for (var palette : palettes()) assertEquals(palettes().getFirst().keySet(), palette.keySet());
    }

    @Test
    void textStandsOutFromItsGround() {
        for (var palette : palettes())
            for (var ground : List.of("paper", "band"))
                for (var text : List.of("ink", "soft", "a", "good", "bad"))
                    assertContrast(TEXT, palette, text, ground);
    }

    @Test
    void linesOfChartsStandOutFromTheirGround() {
        for (var palette : palettes())
            for (var line : List.of("a", "b", "c", "d")) assertContrast(GRAPHICS, palette, line, "paper");
    }

    private static void assertContrast(double least, Map<String, Integer> palette, String a, String b) {
        double x = luminance(palette.get(a));
        double y = luminance(palette.get(b));
        double contrast = (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
        assertTrue(contrast >= least, () -> a + " on " + b + ": " + contrast);
    }

    private static double luminance(int rgb) {
        return 0.2126 * linear(rgb >> 16 & 255) + 0.7152 * linear(rgb >> 8 & 255) + 0.0722 * linear(rgb & 255);
    }

    private static double linear(int component) {
        double c = component / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }
}
