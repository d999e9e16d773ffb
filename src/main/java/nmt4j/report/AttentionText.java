package nmt4j.report;

import java.util.ArrayList;
import java.util.List;

/// An attention matrix in Unicode blocks: a row a target word, two characters a source word, and behind it the source word
/// that it attends to most.
public final class AttentionText {
    private static final String SHADES = " ░▒▓█";
    /// Weights from which the shades are.
    private static final float[] FROM = {0, 0.05f, 0.2f, 0.4f, 0.7f};

    private AttentionText() {}

    /// The mean of a picture's parts.
    public static List<String> lines(AttentionPicture picture) {
        var weights = picture.mean();
        var hard = AttentionPicture.hard(weights);
        int width = picture.target().stream().mapToInt(AttentionText::length).max().orElse(0);
        var lines = new ArrayList<String>();
        lines.add(String.join(" ", picture.source()));
        for (int t = 0; t < weights.length; t++) {
            var word = picture.target().get(t);
            var line = new StringBuilder(" ".repeat(width - length(word))).append(word).append(" │");
            for (float w : weights[t]) line.append(String.valueOf(shade(w)).repeat(2));
            lines.add(line.append("│ ").append(picture.source().get(hard[t])).toString());
        }
        lines.add("");
        return lines;
    }

    private static char shade(float weight) {
        int i = FROM.length - 1;
        while (weight < FROM[i]) i--;
        return SHADES.charAt(i);
    }

    private static int length(String word) {
        return word.codePoints().map(c -> Html.isIdeographic(c) ? 2 : 1).sum();
    }
}
