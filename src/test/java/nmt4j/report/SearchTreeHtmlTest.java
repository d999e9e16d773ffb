package nmt4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import nmt4j.report.SearchPicture.Fate;
import nmt4j.report.SearchPicture.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTreeHtmlTest {
    private static final SearchPicture SMALL = new SearchPicture("ein Hund", "a dog", List.of(
            new Node(-1, "<s>", 0, 0, Double.NaN, Fate.CHOSEN),
            new Node(0, "the", -0.5, -0.5, Double.NaN, Fate.KEPT),
            new Node(0, "a", -1, -1, Double.NaN, Fate.CHOSEN),
            new Node(2, "cat", -2, -3, Double.NaN, Fate.PRUNED),
            new Node(2, "</s>", -1, -2, -0.5, Fate.CHOSEN)));

    /// A tree of 200 nodes.
    private static SearchTreeHtml random(int seed) {
        var random = new Random(seed);
        var nodes = new ArrayList<Node>();
        nodes.add(new Node(-1, "<s>", 0, 0, Double.NaN, Fate.KEPT));
        for (int n = 1; n < 200; n++) {
            int parent = random.nextInt(Math.max(0, n - 20), n);
            nodes.add(new Node(parent, "w" + n, -random.nextDouble(), -random.nextDouble(), Double.NaN, Fate.KEPT));
        }
        return SearchTreeHtml.of(new SearchPicture("", "", nodes));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void noTwoLabelsStandInOnePlace(int seed) {
        var tree = random(seed);
        var places = new HashSet<List<Integer>>();
        for (int n = 0; n < tree.rows().length; n++)
            assertTrue(places.add(List.of(tree.rows()[n], tree.depths()[n])), "node " + n);
    }

    /// Lines go down beside their step, from the parent's row to the child's: lines from two parents do not meet there.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void noTwoLinesCross(int seed) {
        var tree = random(seed);
        var parents = new int[300][300]; // of the lines at a row and a depth
        for (int n = 1; n < tree.rows().length; n++) {
            int parent = tree.nodes().get(n).parent();
            for (int row = tree.rows()[parent]; row <= tree.rows()[n]; row++) {
                var place = parents[tree.depths()[n]];
                assertTrue(place[row] == 0 || place[row] == parent + 1, "node " + n + ", row " + row);
                place[row] = parent + 1;
            }
        }
    }

    /// All that is drawn is connected: a child is one step to the right of its parent, and not above it.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void childrenStandToTheRightAndBelow(int seed) {
        var tree = random(seed);
        for (int n = 1; n < tree.rows().length; n++) {
            int parent = tree.nodes().get(n).parent();
            assertEquals(tree.depths()[parent] + 1, tree.depths()[n]);
            assertTrue(tree.rows()[parent] <= tree.rows()[n]);
        }
    }

    @Test
    void withoutWhatWasPrunedTheOthersStay() {
        var left = SMALL.withoutPruned();
        assertEquals(List.of("<s>", "the", "a", "</s>"), left.nodes().stream().map(Node::subword).toList());
        assertEquals(List.of(-1, 0, 0, 2), left.nodes().stream().map(Node::parent).toList());
    }

    @Test
    void theChosenWayIsTheTopRow() {
        var tree = SearchTreeHtml.of(SMALL);
        assertEquals(List.of(0, 1, 0, 1, 0), Arrays.stream(tree.rows()).boxed().toList());
    }

    @Test
    void labelsAndLinesStandWhereTheGridSays() {
        var html = SearchTreeHtml.of(SMALL).html("whole", "a <tree>");
        assertTrue(html.startsWith("<div class=\"tree whole\" role=\"img\" aria-label=\"a &lt;tree&gt;\" "
                + "style=\"grid-template-columns:repeat(3,"), html);
        assertTrue(html.contains("<i class=\"chosen\" style=\"grid-area:1/1/auto/3\"></i><b class=\"chosen\" "
                + "style=\"grid-area:1/3\" title=\"chosen, log p -1.0000, Σ log p -1.0000\"><bdi>a</bdi></b>"), html);
        assertTrue(html.contains("<i class=\"kept branch\" style=\"grid-area:1/2/3\"></i><b class=\"kept\" "
                + "style=\"grid-area:2/3\" title=\"kept, log p -0.5000, Σ log p -0.5000\"><bdi>the</bdi>"
                + "<small>-0.50</small></b>"), html);
        assertTrue(html.contains("<b class=\"chosen end\" style=\"grid-area:1/5\""), html);
        assertTrue(html.contains("<bdi>&lt;/s&gt;</bdi><small>score -0.5000</small>"), html);
    }
}
