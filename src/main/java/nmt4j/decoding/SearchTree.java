package nmt4j.decoding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// All that a beam search has looked at for one sentence: each node goes on from another by one subword.
///
/// @param nodes  each behind its parent; the first is the root, before the first subword. None of a blank line
public record SearchTree(List<Node> nodes) {
    /// What became of a prefix.
    public enum Fate {
        /// Was among the K best of its step.
        KEPT,
        /// Was among the next K, and so is gone.
        PRUNED,
        /// Was among the K best, but could become nothing better than what had ended already.
        GIVEN_UP,
        /// Is a translation, with `</s>`.
        FINISHED
    }

    /// @param parent          its number in the list; −1 for the root
    /// @param token           the subword
    /// @param logProbability  of the subword, given those before and the source
    /// @param total           Σ log p from the root
    /// @param score           of a translation: what translations are ranked by
    public record Node(int parent, String token, float logProbability, double total, OptionalDouble score, Fate fate) {}

    /// The numbers of the translations, best first; of equal ones the earlier found is better, as in the search.
    public List<Integer> finished() {
        return IntStream.range(0, nodes.size()).filter(n -> nodes.get(n).fate == Fate.FINISHED).boxed()
                .sorted(Comparator.comparingDouble((Integer n) -> -nodes.get(n).score.getAsDouble())).toList();
    }

    /// The numbers of the nodes from the root to this one, both included.
    public List<Integer> path(int node) {
        var path = new ArrayList<Integer>();
        for (int n = node; n >= 0; n = nodes.get(n).parent) path.addFirst(n);
        return path;
    }

    /// The subwords from the root to this node, without the root's and without `</s>`.
    public List<String> tokens(int node) {
        var tokens = new ArrayList<>(path(node).stream().skip(1).map(n -> nodes.get(n).token).toList());
        if (nodes.get(node).fate == Fate.FINISHED) tokens.removeLast();
        return tokens;
    }
}
