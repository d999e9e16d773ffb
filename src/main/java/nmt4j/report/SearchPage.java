package nmt4j.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;
import nmt4j.report.SearchPicture.Fate;

/// The page of some beam searches: of each a tree, and the same in tables for those who do not see it.
public final class SearchPage {
    private static final String LEGEND = """
            <ul class="legend">
            <li class="chosen">chosen: on the way to the best translation</li>
            <li class="kept">kept: among the K best of its step</li>
            <li class="finished">finished: a translation, with its score</li>
            <li class="given-up">given up: could not become better than what had finished</li>
            <li class="pruned">pruned: among the K that came next, and so not looked at further</li>
            </ul>
            <p>Each step to the right adds a subword; the number is Σ log p so far. The chosen way is the top row.</p>
            """;

    private SearchPage() {}

    public static String of(String title, List<SearchPicture> pictures) {
        var body = new StringBuilder(LEGEND);
        for (int i = 0; i < pictures.size(); i++) body.append(section(pictures.get(i), i + 1));
        return ReportPage.page(title, "<h1>" + Html.text(title) + "</h1>\n", body.toString(), "", OptionalInt.empty());
    }

    private static String section(SearchPicture picture, int number) {
        if (picture.nodes().isEmpty()) return Html.section("line-" + number, number + ": blank", "<p>No search.</p>\n");
        long kept = picture.nodes().stream().filter(node -> node.fate() != Fate.PRUNED).count() - 1;
        var finished = finished(picture);
        var label = "The beam as a tree: " + kept + " prefixes were kept, " + finished.size()
                + " of them translations; the tables below say the same.";
        return Html.section("line-" + number, number + ": " + picture.source(), String.format(Locale.ROOT, """
                <p class="result">%s</p>
                <p><label><input type="checkbox" class="with-pruned"> Show what was pruned, too</label></p>
                <div class="scroll" tabindex="0" role="region" aria-label="Search tree of line %d">
                %s%s</div>
                """, Html.text(picture.translation()), number,
                SearchTreeHtml.of(picture.withoutPruned()).html("kept-alone", label),
                SearchTreeHtml.of(picture).html("whole", label))
                + Html.details("The translations that it found", translations(picture, finished))
                + Html.details("Step by step", steps(picture)));
    }

    private static List<Integer> finished(SearchPicture picture) {
        return IntStream.range(0, picture.nodes().size())
                .filter(n -> !Double.isNaN(picture.nodes().get(n).score())).boxed()
                .sorted(Comparator.comparingDouble((Integer n) -> -picture.nodes().get(n).score())).toList();
    }

    private static String translations(SearchPicture picture, List<Integer> finished) {
        var rows = new ArrayList<List<String>>();
        for (int n : finished) {
            var node = picture.nodes().get(n);
            rows.add(List.of(Integer.toString(rows.size() + 1), Html.number("%.4f", node.score()),
                    Html.number("%.4f", node.total()), Html.text(picture.text(n))));
        }
        return Html.table("Translations, best first", List.of("", "score", "Σ log p", "subwords"), rows);
    }

    /// Of each length what was kept and what was pruned, by Σ log p.
    private static String steps(SearchPicture picture) {
        var byDepth = new TreeMap<Integer, List<Integer>>();
        for (int n = 1; n < picture.nodes().size(); n++)
            byDepth.computeIfAbsent(picture.depth(n), _ -> new ArrayList<>()).add(n);
        var rows = new ArrayList<List<String>>();
        byDepth.forEach((depth, nodes) -> {
            nodes.sort(Comparator.comparingDouble(n -> -picture.nodes().get(n).total()));
            for (int n : nodes) {
                var node = picture.nodes().get(n);
                rows.add(List.of(Integer.toString(depth), node.fate().words(), Html.number("%.3f", node.total()),
                        Html.number("%.3f", node.logProbability()), Html.text(picture.text(n))));
            }
        });
        return Html.table("Prefixes by length", List.of("subwords", "", "Σ log p", "log p of the last", "prefix"),
                rows);
    }
}
