package nmt4j.report;

import java.util.List;
import java.util.Locale;

/// An attention matrix as SVG: a square a pair of words, filled by its weight; the largest of each row has a frame.
public final class AttentionSvg {
    private static final int CELL = 18;
    private static final int SMALL = 5;
    private static final int FONT = 12;
    private static final float FAINTEST = 0.02f;

    private AttentionSvg() {}

    /// A file of its own, which a viewer may show on a dark ground.
    public static String file(AttentionPicture picture, String title) {
        return labelled(picture, picture.mean(), title).replaceFirst("</title>\n", "</title>\n<style>svg{color:#1b1f24}"
                + "@media(prefers-color-scheme:dark){svg{color:#e6e9ee}}</style>\n");
    }

    /// A part of a page, with the words.
    public static String labelled(AttentionPicture picture, float[][] weights, String title) {
        double left = width(picture.target());
        double top = width(picture.source());
        double width = left + CELL * picture.source().size() + 4;
        double height = top + CELL * picture.target().size() + 4;
        var out = start(title + ": " + picture.described(weights), width, height);
        for (int s = 0; s < picture.source().size(); s++)
            out.append(format("<text transform=\"translate(%.1f %.1f) rotate(-90)\">%s</text>\n",
                    left + CELL * (s + 0.7), top - 4, Html.text(picture.source().get(s))));
        for (int t = 0; t < picture.target().size(); t++)
            out.append(format("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\">%s</text>\n", left - 4,
                    top + CELL * (t + 0.7), Html.text(picture.target().get(t))));
        cells(out, weights, left, top, CELL);
        return out.append("</svg>\n").toString();
    }

    /// One of many: without words.
    static String small(AttentionPicture picture, AttentionPicture.Part part) {
        int columns = picture.source().size();
        var out = start("layer " + part.layer() + ", head " + part.head(), SMALL * columns + 2,
                SMALL * picture.target().size() + 2);
        cells(out, part.weights(), 1, 1, SMALL);
        return out.append("</svg>\n").toString();
    }

    private static StringBuilder start(String title, double width, double height) {
        return new StringBuilder(format("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"attention\" role=\"img\" "
                + "width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %1$.0f %2$.0f\" font-family=\"sans-serif\" font-size=\"12\" "
                + "fill=\"currentColor\">\n<title>%s</title>\n", width, height, Html.text(title)));
    }

    private static void cells(StringBuilder out, float[][] weights, double left, double top, int cell) {
        var hard = AttentionPicture.hard(weights);
        for (int t = 0; t < weights.length; t++)
            for (int s = 0; s < weights[t].length; s++) {
                float w = weights[t][s];
                if (w < FAINTEST && s != hard[t]) continue;
                out.append(format("<rect x=\"%.1f\" y=\"%.1f\" width=\"%d\" height=\"%d\" fill=\"#3b7dd8\" "
                        + "fill-opacity=\"%.2f\"%s>", left + cell * s, top + cell * t, cell, cell, w,
                        s == hard[t] && cell == CELL ? " stroke=\"currentColor\"" : ""));
                if (cell == CELL) out.append(format("<title>%.3f</title>", w));
                out.append("</rect>\n");
            }
        out.append(format("<rect x=\"%.1f\" y=\"%.1f\" width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"#888\" "
                + "stroke-width=\"0.5\"/>\n", left, top, cell * (weights.length == 0 ? 0 : weights[0].length),
                cell * weights.length));
    }

    private static double width(List<String> words) {
        return 8 + FONT * words.stream().mapToDouble(Html::width).max().orElse(0);
    }

    private static String format(String text, Object... arguments) {
        return String.format(Locale.ROOT, text, arguments);
    }
}
