package nmt4j.report;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Pieces of HTML.
final class Html {
    private static final Pattern NUMBER = Pattern.compile("[-+−]?[\\d.,]+( %)?|–");

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
                default -> out.append(isNone(c) ? '\ufffd' : c);
            }
        }
        return out.toString();
    }

    /// No such character may stand in HTML and XML.
    private static boolean isNone(char c) {
        return c < ' ' && c != '\n' && c != '\t' || c >= '\ufffe';
    }

    /// About how wide a text is in a sans-serif font, in ems (font sizes).
    static double width(String text) {
        return text.codePoints().mapToDouble(c -> isIdeographic(c) || "@%MWmw".indexOf(c) >= 0 ? 1.05 : 0.6).sum();
    }

    /// Whether a letter takes two columns of a terminal: those of Chinese, Japanese and Korean, emoji, too.
    static boolean isIdeographic(int codePoint) {
        return codePoint >= 0x1100;
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

    /// @param head  of the columns, text; empty: none
    /// @param rows  of cells, HTML; the first of a row is its heading
    static String table(String caption, List<String> head, List<List<String>> rows) {
        var numbers = rows.isEmpty() ? new boolean[head.size()] : numbers(rows);
        var out = new StringBuilder("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"")
                .append(text(caption)).append("\"><table>\n<caption>").append(text(caption)).append("</caption>\n");
        if (!head.isEmpty()) {
            out.append("<thead><tr>");
            for (int c = 0; c < head.size(); c++) cell(out, "th", "col", numbers[c], text(head.get(c)));
            out.append("</tr></thead>\n");
        }
        out.append("<tbody>\n");
        for (var row : rows) {
            out.append("<tr>");
            for (int c = 0; c < row.size(); c++)
                cell(out, c == 0 ? "th" : "td", c == 0 ? "row" : "", numbers[c], row.get(c));
            out.append("</tr>\n");
        }
        return out.append("</tbody></table></div>\n").toString();
    }

    private static void cell(StringBuilder out, String tag, String scope, boolean number, String html) {
        out.append('<').append(tag);
        if (!scope.isEmpty()) out.append(" scope=\"").append(scope).append('"');
        if (number) out.append(" class=\"number\"");
        out.append('>').append(html).append("</").append(tag).append('>');
    }

    /// Which columns have numbers alone.
    private static boolean[] numbers(List<List<String>> rows) {
        var numbers = new boolean[rows.getFirst().size()];
        for (int c = 0; c < numbers.length; c++) {
            int column = c;
            numbers[c] = rows.stream().allMatch(row -> NUMBER.matcher(row.get(column)).matches());
        }
        return numbers;
    }

    /// A part that is folded away.
    static String details(String summary, String body) {
        return "<details><summary>" + text(summary) + "</summary>\n" + body + "</details>\n";
    }
}
