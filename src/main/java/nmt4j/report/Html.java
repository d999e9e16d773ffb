package nmt4j.report;

import java.util.List;
import java.util.Locale;

/// Pieces of HTML.
final class Html {
    private Html() {}

    /// Text as it has to stand between tags and in attributes.
    static String text(String text) {
        var out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                default -> out.append(c < ' ' && c != '\n' && c != '\t' ? '\ufffd' : c); // no such character in HTML
            }
        }
        return out.toString();
    }

    /// A number for people; a dash where there is none.
    static String number(String format, double x) {
        return Double.isFinite(x) ? String.format(Locale.ROOT, format, x) : "–";
    }

    static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    static String section(String id, String title, String body) {
        return body.isEmpty() ? ""
                : "<section id=\"" + id + "\" aria-labelledby=\"" + id + "-title\">\n<h2 id=\"" + id + "-title\">"
                        + text(title) + "</h2>\n" + body + "</section>\n";
    }

    /// @param head  of the columns, text
    /// @param rows  of cells, HTML; the first of a row is its heading
    static String table(String caption, List<String> head, List<List<String>> rows) {
        var out = new StringBuilder("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"")
                .append(text(caption)).append("\"><table>\n<caption>").append(text(caption))
                .append("</caption>\n<thead><tr>");
        for (var cell : head) out.append("<th scope=\"col\">").append(text(cell)).append("</th>");
        out.append("</tr></thead>\n<tbody>\n");
        for (var row : rows) {
            out.append("<tr><th scope=\"row\">").append(row.getFirst()).append("</th>");
            for (var cell : row.subList(1, row.size())) out.append("<td>").append(cell).append("</td>");
            out.append("</tr>\n");
        }
        return out.append("</tbody></table></div>\n").toString();
    }

    /// A part that is folded away.
    static String details(String summary, String body) {
        return "<details><summary>" + text(summary) + "</summary>\n" + body + "</details>\n";
    }
}
