package nmt4j.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import nmt4j.evaluation.Bleu;
import nmt4j.evaluation.Bootstrap;
import nmt4j.evaluation.Interval;

/// What the page says of translations.
final class TextSections {
    private static final int NGRAMS = 12;
    private static final int WORST = 10;
    private static final int APART = 8;
    private static final String LEGEND =
            "<p>Words that the reference has not are <ins>underlined</ins>; words that it has and "
                    + "the translation has not are <del>struck through</del>.</p>\n";

    private TextSections() {}

    /// A few sentences over time, each version beside the reference.
    static String samples(Run run) {
        var out = new StringBuilder();
        for (var sample : run.samples()) {
            var rows = new ArrayList<List<String>>();
            for (var version : sample.versions())
                rows.add(List.of(Html.count(version.update()),
                        WordDifference.html(version.translation(), sample.reference())));
            out.append("<p lang=\"und\"><b>Source</b> ").append(Html.text(sample.source()))
                    .append("<br><b>Reference</b> ")
                    .append(Html.text(sample.reference())).append("</p>\n")
                    .append(Html.table("Translations by update", List.of("update", "translation"), rows));
        }
        return out.isEmpty() ? "" : LEGEND + out;
    }

    static String scores(Texts texts) {
        var score = texts.score();
        var interval = Bootstrap.standard().interval(texts.bleu(), texts.statistics());
        return "<p>BLEU " + Html.number("%.2f", score.score()) + " ("
                + Html.text("95 % of resamples: " + interval.text(2))
                + "), length ratio " + Html.number("%.3f", score.ratio()) + ", brevity penalty "
                + Html.number("%.3f", score.brevityPenalty()) + ", on " + Html.count(texts.references().size())
                + " sentences of the validation set.</p>\n<div class=\"columns\">\n"
                + groups("By words of the reference", "words", texts.byLength())
                + groups("By frequency in training of the reference's rarest word", "rarest word", texts.byRarestWord())
                + groups("By words of the source that are not in the training corpus", "unknown words",
                        texts.byUnknownWords())
                + words(texts.byWordFrequency())
                + "</div>\n";
    }

    private static String groups(String caption, String label, List<Texts.Group> groups) {
        if (groups.isEmpty()) return "";
        var rows = new ArrayList<List<String>>();
        for (var group : groups)
            rows.add(List.of(Html.text(group.label()), Html.count(group.lines()), bar(group.score().score()),
                    Html.number("%.3f", group.score().ratio())));
        return Html.table(caption, List.of(label, "lines", "BLEU", "length ratio"), rows);
    }

    private static String words(List<Texts.WordGroup> groups) {
        if (groups.isEmpty()) return "";
        var rows = new ArrayList<List<String>>();
        for (var group : groups) rows.add(List.of(Html.text(group.label()), Html.count(group.references()),
                bar(100 * group.f1()), Html.count(group.translations())));
        return Html.table("Single words, by frequency in training",
                List.of("seen in training", "in references", "F1", "in translations"),
                rows);
    }

    private static String bar(double percent) {
        var number = Html.number("%.1f", percent);
        return "<span class=\"bar\" style=\"--share:" + number + "%\">" + number + "</span>";
    }

    static String ngrams(Texts texts) {
        var words = NgramBalance.of(texts.translations(), texts.references(), 1, 1, NGRAMS);
        var phrases = NgramBalance.of(texts.translations(), texts.references(), 2, 3, NGRAMS);
        return "<p>Lost: references have it more often than translations. Gained: the other way round.</p>\n"
                + "<div class=\"columns\">\n" + ngrams("Words lost", words.lost())
                + ngrams("Words gained", words.gained()) + ngrams("Two and three words lost", phrases.lost())
                + ngrams("Two and three words gained", phrases.gained()) + "</div>\n";
    }

    private static String ngrams(String caption, List<NgramBalance.Entry> entries) {
        var rows = new ArrayList<List<String>>();
        for (var entry : entries) rows.add(List.of(Html.text(entry.ngram()), Html.count(entry.count())));
        return Html.table(caption, List.of("words", "times"), rows);
    }

    static String worst(Texts texts) {
        var rows = new ArrayList<List<String>>();
        for (int i : texts.worst(WORST)) rows.add(List.of(Html.count(i + 1), Html.text(texts.sources().get(i)),
                WordDifference.html(texts.translations().get(i), texts.references().get(i))));
        return LEGEND + Html.table("The sentences of the lowest BLEU", List.of("line", "source", "translation"), rows);
    }

    /// Whether runs differ by more than the choice of sentences explains, as sacreBLEU tests it, and where they do.
    static String comparison(List<Chapter> chapters) {
        var first = chapters.getFirst().texts();
        var texts = new ArrayList<Texts>();
        var names = new ArrayList<String>();
        for (var chapter : chapters)
            if (chapter.texts().isPresent() && first.isPresent()
                    && chapter.texts().get().references().equals(first.get().references())) {
                        texts.add(chapter.texts().get());
                        names.add(chapter.run().name());
                    }
        if (texts.size() < 2) return chapters.stream().allMatch(chapter -> chapter.texts().isPresent())
                ? "<p>They have different validation sets: their scores say nothing of which is better.</p>\n"
                : "<p>Their translations of one and the same validation set are not kept: nothing can be "
                        + "said of significance. With --translate they are made.</p>\n";
        return significance(texts, names) + apart(texts, names);
    }

    private static String significance(List<Texts> texts, List<String> names) {
        Bleu bleu = texts.getFirst().bleu();
        var comparisons = Bootstrap.standard().compare(bleu,
                texts.stream().map(Texts::statistics).toList());
        var rows = new ArrayList<List<String>>();
        for (int i = 0; i < comparisons.size(); i++) {
            var c = comparisons.get(i);
            rows.add(List.of(Html.text(names.get(i)), Html.number("%.2f", c.score().score()),
                    c.interval().map((Interval in) -> Html.text(in.text(2))).orElse("–"),
                    c.p().isPresent() ? Html.number("%.3f", c.p().getAsDouble()) : "–",
                    c.p().isEmpty() ? "the baseline" : c.p().getAsDouble() < 0.05 ? "differs" : "may be chance"));
        }
        return Html.table("Paired bootstrap, 1,000 samples, against the first run; p below 0.05 differs",
                List.of("run", "BLEU", "μ ± 95 %", "p", "verdict"), rows);
    }

    /// The sentences on which the first two runs are furthest apart.
    private static String apart(List<Texts> texts, List<String> names) {
        var a = texts.getFirst();
        var b = texts.get(1);
        var single = a.bleu().withEffectiveOrder();
        var rows = new ArrayList<List<String>>();
        var difference = new double[a.references().size()];
        for (int i = 0; i < difference.length; i++) {
            var reference = List.of(a.references().get(i));
            difference[i] = single.sentenceScore(b.translations().get(i), reference).score()
                    - single.sentenceScore(a.translations().get(i), reference).score();
        }
        IntStream.range(0, difference.length).boxed()
                .sorted(Comparator.comparingDouble(i -> -Math.abs(difference[i]))).limit(APART)
                .forEach(i -> rows.add(List.of(Html.count(i + 1), Html.number("%+.1f", difference[i]).replace('-', '−'),
                        Html.text(a.references().get(i)),
                        WordDifference.html(a.translations().get(i), a.references().get(i)),
                        WordDifference.html(b.translations().get(i), b.references().get(i)))));
        return LEGEND + Html.table("Where " + names.get(1) + " differs most from " + names.getFirst(),
                List.of("line", "BLEU", "reference", names.getFirst(), names.get(1)), rows);
    }
}
