package nmt4j.report;

import java.util.ArrayList;
import java.util.List;

/// What a beam search has looked at for one sentence.
///
/// @param nodes  each behind its parent, the first the root
public record SearchPicture(String source, String translation, List<Node> nodes) {
    /// What became of a node.
    public enum Fate {
        CHOSEN("chosen"),
        KEPT("kept"),
        FINISHED("finished"),
        GIVEN_UP("given up"),
        PRUNED("pruned");

        private final String words;

        Fate(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /// @param parent          its number; −1 for the root
    /// @param logProbability  of the subword
    /// @param total           Σ log p so far
    /// @param score           of a translation, else NaN
    public record Node(int parent, String subword, double logProbability, double total, double score, Fate fate) {}

    /// The same without what was pruned, from which nothing goes on.
    SearchPicture withoutPruned() {
        var left = new ArrayList<Node>();
        var numbers = new int[nodes.size()];
        for (int n = 0; n < numbers.length; n++) {
            var node = nodes.get(n);
            if (node.fate == Fate.PRUNED) continue;
            numbers[n] = left.size();
            left.add(
                    new Node(n == 0 ? node.parent : numbers[node.parent], node.subword, node.logProbability, node.total,
                            node.score, node.fate));
        }
        return new SearchPicture(source, translation, left);
    }

    /// The subwords up to a node, without the root.
    String text(int node) {
        var text = new StringBuilder();
        for (int n = node; n > 0; n = nodes.get(n).parent) text.insert(0, nodes.get(n).subword + " ");
        return text.toString().strip();
    }

    /// How many subwords a node is from the root.
    int depth(int node) {
        int depth = 0;
        for (int n = node; n > 0; n = nodes.get(n).parent) depth++;
        return depth;
    }
}
