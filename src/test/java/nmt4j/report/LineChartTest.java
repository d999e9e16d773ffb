package nmt4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import nmt4j.report.LineChart.Point;
import nmt4j.report.LineChart.Scale;
import nmt4j.report.LineChart.Series;
import org.junit.jupiter.api.Test;

class LineChartTest {
    private static final LineChart SHARES = new LineChart("Accuracy <by> distance", "distance", "%", Scale.LINEAR,
            List.of(new Series("one", List.of(new Point(0, 100, 0), new Point(40, 50, 10))),
                    new Series("two", List.of(new Point(0, 75, 0), new Point(40, 75, 0)))));
    private static final LineChart NORMS = new LineChart("Norm", "lag", "norm", Scale.LOGARITHMIC,
            List.of(new Series("two", List.of(new Point(0, 1, 0), new Point(20, 0.01, 0), new Point(40, 0, 0)))));

    @Test
    void thePictureIsXmlAndTellsAllNamesOnce() throws Exception {
        var svg = LineChart.svg(List.of(SHARES, NORMS));
        var root = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8))).getDocumentElement();
        assertEquals("Accuracy <by> distance; Norm", root.getElementsByTagName("title").item(0).getTextContent());
        assertEquals(2, Pattern.compile(">(one|two)</text>").matcher(svg).results().count());
        assertEquals(3, root.getElementsByTagName("polyline").getLength());
        assertFalse(svg.contains("NaN") || svg.contains("Infinity"), svg);
    }

    /// The axis goes from 40 to 100 in a picture that is 250 high: 50 is a sixth of the way up.
    @Test
    void pointsStandWhereTheAxesSay() {
        assertTrue(LineChart.svg(List.of(SHARES)).contains("points=\"56.0,34.0 426.0,242.3\""),
                LineChart.svg(List.of(SHARES)));
        assertTrue(LineChart.svg(List.of(NORMS)).contains("points=\"56.0,34.0 241.0,284.0\""),
                LineChart.svg(List.of(NORMS)));
    }
}
