package nmt4j.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import nmt4j.report.SearchPicture.Fate;
import nmt4j.report.SearchPicture.Node;

/// A search tree as a grid: a column for each step, as wide as the longest subword in it, and one between two steps for
/// the lines. So no label can lie over another, whatever its font and language, and no script is needed. What goes on best
/// stays in the row of its parent, the others branch off below, as high as there is room (after Reingold & Tilford 1981,
/// "Tidier drawings of trees", with rows for levels): the chosen way is the top row.
///
/// @param children  of each node, in the order of their rows
/// @param rows      of each node, from 0
/// @param depths    of each node; the root's is 0
record SearchTreeHtml(List<Node> nodes, List<List<Integer>> children, int[] rows, int[] depths) {
    /// Widths in em, for the size of print: of a letter, of a wide one, of what stands around a label.
    private static final double LETTER = 0.6;
    private static final double AROUND = 3;
    private static final int NUMBER = 8;

    /// The chosen one first, else the best, what was pruned last.
    private static final Comparator<Node> ORDER = Comparator.comparing((Node n) -> n.fate() != Fate.CHOSEN)
            .thenComparing(n -> n.fate() == Fate.PRUNED).thenComparing(n -> -n.total());

    /// The rows that a node and what is below it take, for each step from its own on, counted from its own row.
    private record Outline(int[] top, int[] bottom) {
        int steps() {
            return top.length;
        }
    }

    static SearchTreeHtml of(SearchPicture picture) {
        var nodes = picture.nodes();
        var children = new ArrayList<List<Integer>>();
        var depths = new int[nodes.size()];
        for (int n = 0; n < nodes.size(); n++) {
            children.add(new ArrayList<>());
            if (n == 0) continue;
            children.get(nodes.get(n).parent()).add(n);
            depths[n] = depths[nodes.get(n).parent()] + 1;
        }
        for (var siblings : children) siblings.sort(Comparator.comparing(nodes::get, ORDER));
        return new SearchTreeHtml(nodes, children, rows(children), depths);
    }

    private static int[] rows(List<List<Integer>> children) {
        var below = new int[children.size()]; // rows from the parent's down
        var outlines = new Outline[children.size()];
        for (int n = below.length - 1; n >= 0; n--) outlines[n] = outline(children.get(n), outlines, below);
        var rows = new int[below.length];
        for (int n = 0; n < rows.length; n++) for (int child : children.get(n)) rows[child] = rows[n] + below[child];
        return rows;
    }

    /// Places children below each other, each as high as those before it allow. Behind the first, short ways come before
    /// long ones, so that these do not push them down.
    private static Outline outline(List<Integer> children, Outline[] outlines, int[] below) {
        if (children.size() > 2) children.subList(1, children.size())
                .sort(Comparator.comparingInt(child -> outlines[child].steps()));
        int steps = 1 + children.stream().mapToInt(child -> outlines[child].steps()).max().orElse(0);
        var all = new Outline(new int[steps], new int[steps]);
        int taken = 1;
        for (int child : children) {
            var one = outlines[child];
            for (int s = 0; s < one.steps() && s + 1 < taken; s++)
                below[child] = Math.max(below[child], all.bottom[s + 1] - one.top[s] + 1);
            for (int s = 0; s < one.steps(); s++) {
                all.bottom[s + 1] = below[child] + one.bottom[s];
                if (s + 1 >= taken) all.top[s + 1] = below[child] + one.top[s];
            }
            taken = Math.max(taken, one.steps() + 1);
        }
        return all;
    }

    /// @param kind   a class for its style
    /// @param label  what the picture is, in words
    String html(String kind, String label) {
        var out = new StringBuilder(format("<div class=\"tree %s\" role=\"img\" aria-label=\"%s\" "
                + "style=\"grid-template-columns:repeat(%d,max-content 1.6em);--ems:%.0f\">\n", kind, Html.text(label),
                steps() + 1, ems()));
        for (int n = 0; n < rows.length; n++) {
            var node = nodes.get(n);
            var fate = node.fate().words().replace(' ', '-');
            if (n > 0) out.append(line(node.parent(), n, fate));
            out.append(format("<b class=\"%s%s\" style=\"grid-area:%d/%d\" title=\"%s\"><bdi>%s</bdi>%s</b>\n", fate,
                    Double.isNaN(node.score()) ? "" : " end", rows[n] + 1, column(n), Html.text(told(node)),
                    Html.text(node.subword()), isLeaf(n) ? "<small>" + number(node) + "</small>" : ""));
        }
        return out.append("</div>\n").toString();
    }

    /// From a node to one below it: straight on through what is left of its cell, or down beside it.
    private String line(int parent, int n, String fate) {
        return rows[n] == rows[parent]
                ? format("<i class=\"%s\" style=\"grid-area:%d/%d/auto/%d\"></i>", fate, rows[n] + 1, column(parent),
                        column(n))
                : format("<i class=\"%s branch\" style=\"grid-area:%d/%d/%d\"></i>", fate, rows[parent] + 1,
                        column(n) - 1, rows[n] + 2);
    }

    private int column(int n) {
        return 2 * depths[n] + 1;
    }

    /// Whether nothing goes on from it but what was pruned.
    private boolean isLeaf(int n) {
        return children.get(n).stream().allMatch(child -> nodes.get(child).fate() == Fate.PRUNED);
    }

    private static String number(Node node) {
        return Double.isNaN(node.score()) ? Html.number("%.2f", node.total())
                : Html.number("score %.4f", node.score());
    }

    private static String told(Node node) {
        return node.fate().words() + Html.number(", log p %.4f", node.logProbability())
                + Html.number(", Σ log p %.4f", node.total())
                + (Double.isNaN(node.score()) ? "" : Html.number(", score %.4f", node.score()));
    }

    private int steps() {
        return IntStream.of(depths).max().orElse(0);
    }

    /// How wide it is, about: the longest subword of each step.
    private double ems() {
        var widest = new double[steps() + 1];
        for (int n = 0; n < rows.length; n++) {
            double width = Html.width(nodes.get(n).subword()) + (isLeaf(n) ? LETTER * NUMBER : 0);
            widest[depths[n]] = Math.max(widest[depths[n]], width);
        }
        double all = 0;
        for (double width : widest) all += width + AROUND;
        return all;
    }

    private static String format(String text, Object... arguments) {
        return String.format(Locale.ROOT, text, arguments);
    }
}
