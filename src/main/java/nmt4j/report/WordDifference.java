package nmt4j.report;

import java.util.ArrayList;
import java.util.List;
import nmt4j.text.Whitespace;

/// Where a translation and its reference differ, word by word: what is not in their longest common subsequence. Marked by
/// shape as well as by colour.
final class WordDifference {
    /// Pairs of words that are compared; of longer texts nothing is marked.
    private static final long MOST = 4_000_000;

    private WordDifference() {}

    /// The translation, with the words that the reference has not as `<ins>`, and those that it lacks as `<del>`.
    static String html(String translation, String reference) {
        var a = Whitespace.split(translation);
        var b = Whitespace.split(reference);
        if ((long) a.size() * b.size() > MOST) return Html.text(translation);
        var common = common(a, b);
        var out = new ArrayList<String>();
        int i = 0;
        int j = 0;
        while (i < a.size() || j < b.size()) {
            if (i < a.size() && j < b.size() && a.get(i).equals(b.get(j))) {
                out.add(Html.text(a.get(i++)));
                j++;
            } else if (j < b.size() && (i == a.size() || common[i][j + 1] >= common[i + 1][j])) {
                out.add("<del>" + Html.text(b.get(j++)) + "</del>");
            } else {
                out.add("<ins>" + Html.text(a.get(i++)) + "</ins>");
            }
        }
        return String.join(" ", out).replace("</del> <del>", " ").replace("</ins> <ins>", " ");
    }

    /// For each pair of suffixes, the length of their longest common subsequence.
    private static int[][] common(List<String> a, List<String> b) {
        var common = new int[a.size() + 1][b.size() + 1];
        for (int i = a.size() - 1; i >= 0; i--)
            for (int j = b.size() - 1; j >= 0; j--)
                common[i][j] = a.get(i).equals(b.get(j)) ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
        return common;
    }
}
