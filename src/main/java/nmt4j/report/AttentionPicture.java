package nmt4j.report;

import java.util.ArrayList;
import java.util.List;

/// Where a decoder looked in the source as it wrote each word.
///
/// @param source  words of the columns
/// @param target  words of the rows
/// @param parts   of each layer and head, from the lowest; none if the model has no attention
public record AttentionPicture(List<String> source, List<String> target, List<Part> parts) {
    /// @param layer, head  from 1
    /// @param weights      [T, S]
    public record Part(int layer, int head, float[][] weights) {}

    /// @throws IllegalArgumentException  if a part has other rows or columns than there are words
    public AttentionPicture {
        source = List.copyOf(source);
        target = List.copyOf(target);
        parts = List.copyOf(parts);
        for (var part : parts) {
            if (part.weights.length != target.size()) throw new IllegalArgumentException("rows that are no words");
            for (var row : part.weights)
                if (row.length != source.size()) throw new IllegalArgumentException("columns that are no words");
        }
    }

    /// The mean over all layers and heads [T, S].
    public float[][] mean() {
        var mean = new float[target.size()][source.size()];
        for (var part : parts)
            for (int t = 0; t < mean.length; t++)
                for (int s = 0; s < mean[t].length; s++) mean[t][s] += part.weights[t][s] / parts.size();
        return mean;
    }

    /// The column that each row of a matrix attends to most: a hard alignment.
    public static int[] hard(float[][] weights) {
        var hard = new int[weights.length];
        for (int t = 0; t < hard.length; t++)
            for (int s = 1; s < weights[t].length; s++) if (weights[t][s] > weights[t][hard[t]]) hard[t] = s;
        return hard;
    }

    /// In words, for those who do not see the picture.
    public String described(float[][] weights) {
        var links = new ArrayList<String>();
        var hard = hard(weights);
        for (int t = 0; t < hard.length; t++) links.add(target.get(t) + " – " + source.get(hard[t]));
        return String.join(", ", links);
    }
}
