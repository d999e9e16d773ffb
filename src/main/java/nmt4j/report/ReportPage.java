package nmt4j.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The page of a run, or of several side by side: one file that asks for nothing from a network.
public final class ReportPage {
    private static final String CHARTS = "echarts.common.min.js";

    private static final String GLOSSARY = """
            <dl>
            <dt>BLEU</dt><dd>how many sequences of one to four words the translations share with the references, from \
            0 to 100; the more, the better</dd>
            <dt>perplexity</dt><dd>among how many subwords the model hesitates, on average, when it is asked for the next \
            one of a reference; the fewer, the better, and 1 is certainty</dd>
            <dt>subwords right</dt><dd>how often that next one is the model's first guess</dd>
            <dt>length ratio</dt><dd>words of the translations for each word of the references</dd>
            <dt>loss</dt><dd>what training lowers: the logarithm of the perplexity, and a little more where labels are \
            smoothed (training.loss.labelSmoothing)</dd>
            <dt>gradient norm</dt><dd>how far the loss asks the weights to move; beyond training.clipNorm it is \
            clipped</dd>
            </dl>
            """;

    private ReportPage() {}

    /// A page of attention matrices alone.
    public static String ofAttention(String title, List<AttentionPicture> pictures) {
        return page(title, "<h1>" + Html.text(title) + "</h1>\n", attention(pictures), "", OptionalInt.empty());
    }

    /// @param refresh  seconds after which a browser reads the page again, while a run goes on
    public static String of(List<Chapter> chapters, OptionalInt refresh) {
        var runs = chapters.stream().map(Chapter::run).toList();
        var title = runs.stream().map(Run::name).collect(Collectors.joining(" and "));
        var body = new StringBuilder();
        body.append(Html.section("summary", "Summary", summary(chapters)));
        if (chapters.size() > 1)
            body.append(Html.section("comparison", "Side by side", TextSections.comparison(chapters)));
        var curves = Curves.html(runs);
        body.append(Html.section("curves", "Curves", curves));
        for (var chapter : chapters) body.append(chapter(chapter, chapters.size() > 1));
        var data = curves.isEmpty() ? "" : "<script type=\"application/json\" id=\"curve-data\">" + Curves.json(runs)
                + "</script>\n<script>" + resource(CHARTS) + "</script>\n<script>" + resource("report.js")
                + "</script>\n";
        var heading = (runs.size() == 1 ? "Run " : "Runs ") + title;
        return page("nmt4j: " + title, "<h1>" + Html.text(heading) + "</h1>\n", body.toString(), data, refresh);
    }

    static String page(String title, String head, String body, String scripts, OptionalInt refresh) {
        var out = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ")
                .append("style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:\">\n")
                .append("<link rel=\"icon\" href=\"data:,\">\n");
        refresh.ifPresent(
                seconds -> out.append("<meta http-equiv=\"refresh\" content=\"").append(seconds).append("\">\n"));
        return out.append("<title>").append(Html.text(title)).append("</title>\n<style>\n")
                .append(resource("report.css"))
                .append("</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">To the content</a>\n<header>\n")
                .append(head).append(navigation(body)).append("</header>\n<main id=\"main\">\n").append(body)
                .append("</main>\n").append(scripts).append("</body>\n</html>\n").toString();
    }

    /// Links to all sections, from their headings.
    private static String navigation(String body) {
        var heading = Pattern.compile("<h2 id=\"(.*?)-title\">(.*?)</h2>").matcher(body);
        var links = new ArrayList<String>();
        while (heading.find()) links.add("<a href=\"#" + heading.group(1) + "\">" + heading.group(2) + "</a>");
        return links.isEmpty() ? "" : "<nav aria-label=\"Sections\">" + String.join(" ", links) + "</nav>\n";
    }

    private static String summary(List<Chapter> chapters) {
        var out = new StringBuilder();
        for (var chapter : chapters) {
            if (chapters.size() > 1) out.append("<h3>").append(Html.text(chapter.run().name())).append("</h3>\n");
            else out.append(tiles(chapter));
            out.append("<ul>\n");
            for (var sentence : Verdict.sentences(chapter))
                out.append("<li>").append(Html.text(sentence)).append("</li>\n");
            out.append("</ul>\n");
        }
        return out.append(scores(chapters)).toString();
    }

    /// The few numbers to see first.
    private static String tiles(Chapter chapter) {
        var tiles = new ArrayList<String>();
        chapter.run().best().ifPresent(best -> {
            tiles.add(tile("BLEU", Html.number("%.1f", best.value("bleu"))));
            tiles.add(tile("perplexity", Html.number("%.2f", best.value("perplexity"))));
            tiles.add(tile("subwords right", Html.number("%.1f %%", 100 * best.value("accuracy"))));
        });
        chapter.texts().ifPresent(texts -> tiles.add(tile("length ratio", Html.number("%.3f", texts.score().ratio()))));
        if (!chapter.run().training().isEmpty()) tiles.add(tile("minutes",
                Html.number("%,.1f", chapter.run().training().getLast().value("seconds") / 60)));
        return tiles.isEmpty() ? "" : "<dl class=\"tiles\">\n" + String.join("", tiles) + "</dl>\n";
    }

    private static String tile(String name, String value) {
        return "<div><dt>" + Html.text(name) + "</dt><dd>" + Html.text(value) + "</dd></div>\n";
    }

    private static String scores(List<Chapter> chapters) {
        var rows = new ArrayList<List<String>>();
        for (var chapter : chapters) {
            var run = chapter.run();
            var best = run.best();
            var last = run.training().isEmpty() ? new Run.Point(0, false, Map.of()) : run.training().getLast();
            rows.add(List.of(Html.text(run.name()), Html.count(run.updates()),
                    best.map(p -> Html.count(p.update())).orElse("–"),
                    best.map(p -> Html.number("%.2f", p.value("bleu")))
                            .orElse("–"),
                    best.map(p -> Html.number("%.3f", p.value("perplexity"))).orElse("–"),
                    Html.number("%.3f", last.value("loss")), Html.number("%,.0f", last.value("targetTokensPerSecond")),
                    Html.number("%,.0f", last.value("memoryMiB")), Html.number("%,.1f", last.value("seconds") / 60)));
        }
        return Html.table("Scores on the validation set, and the last line of training", List.of("run", "updates",
                "best update", "BLEU", "perplexity", "training loss", "target tokens/s", "MiB", "minutes"), rows)
                + Html.details("What the numbers mean", GLOSSARY);
    }

    private static String chapter(Chapter chapter, boolean several) {
        var name = chapter.run().name();
        var id = several ? "-" + Integer.toHexString(name.hashCode()) : "";
        var suffix = several ? " of " + name : "";
        var out = new StringBuilder();
        out.append(Html.section("samples" + id, "Samples over time" + suffix, TextSections.samples(chapter.run())));
        out.append(Html.section("attention" + id, "Attention" + suffix, attention(chapter.attention())));
        chapter.texts().ifPresent(texts -> {
            out.append(
                    Html.section("quality" + id, "Quality by kind of sentence" + suffix, TextSections.scores(texts)));
            out.append(Html.section("ngrams" + id, "Words lost and gained" + suffix, TextSections.ngrams(texts)));
            out.append(Html.section("worst" + id, "The hardest sentences" + suffix, TextSections.worst(texts)));
        });
        out.append(Html.section("data" + id, "Data" + suffix, facts("The corpora", chapter.data())));
        out.append(Html.section("origin" + id, "Where it comes from" + suffix, facts("Environment, hashes and command",
                chapter.origin()) + config(chapter.run())));
        return out.toString();
    }

    private static String config(Run run) {
        return run.config().isEmpty() ? "" : Html.details("The resolved config",
                "<pre tabindex=\"0\">" + Html.text(run.config()) + "</pre>\n");
    }

    private static String facts(String caption, List<Chapter.Fact> facts) {
        return facts.isEmpty() ? "" : Html.table(caption, List.of(), facts.stream()
                .map(fact -> List.of(Html.text(fact.name()), Html.text(fact.value()))).toList());
    }

    /// The mean large and with words, then each layer and head.
    private static String attention(List<AttentionPicture> pictures) {
        var out = new StringBuilder();
        for (var picture : pictures) {
            if (picture.parts().isEmpty()) continue;
            boolean one = picture.parts().size() == 1;
            out.append("<div class=\"looks\">\n<figure><figcaption>")
                    .append(Html.text(String.join(" ", picture.target())))
                    .append(one ? "" : ": the mean of all layers and heads")
                    .append("</figcaption>\n<div class=\"scroll\" ")
                    .append("tabindex=\"0\" role=\"region\" aria-label=\"Attention matrix\">")
                    .append(AttentionSvg.labelled(picture, picture.mean(), "Attention")).append("</div></figure>\n");
            if (!one) out.append("<div class=\"heads\" tabindex=\"0\" role=\"region\" aria-label=\"Layers and heads\">")
                    .append(heads(picture)).append("</div>\n");
            out.append("</div>\n");
        }
        if (out.isEmpty()) return "";
        boolean several = pictures.stream().anyMatch(picture -> picture.parts().size() > 1);
        return "<p>A row for each subword of the translation, a column for each of the source (@@: the word goes on; "
                + "&lt;/s&gt;: the end); the stronger the colour, the more weight. Framed: the largest of a row."
                + (several ? " Small: each layer and head (2.1: layer 2, head 1)." : "") + "</p>\n" + out;
    }

    private static String heads(AttentionPicture picture) {
        var layers = new LinkedHashSet<Integer>();
        for (var part : picture.parts()) layers.add(part.layer());
        var out = new StringBuilder();
        for (int layer : layers) {
            out.append("<div>");
            for (var part : picture.parts())
                if (part.layer() == layer) out.append("<figure>").append(AttentionSvg.small(picture, part))
                        .append("<figcaption>").append(layer).append('.').append(part.head())
                        .append("</figcaption></figure>");
            out.append("</div>\n");
        }
        return out.toString();
    }

    static String resource(String name) {
        try (var file = ReportPage.class.getResourceAsStream(name)) {
            if (file == null) throw new IllegalStateException("no resource " + name + ": was the build complete?");
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
