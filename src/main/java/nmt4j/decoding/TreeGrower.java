package nmt4j.decoding;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import nmt4j.decoding.SearchTree.Fate;
import nmt4j.decoding.SearchTree.Node;
import nmt4j.text.Vocabulary;

/// Lets a search tree grow as the search goes on.
final class TreeGrower implements BeamListener {
    private final Vocabulary vocabulary;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<Prefix, Integer> numbers = new IdentityHashMap<>();
    private final Candidates best; // of the step: the K that are taken, and the K next
    private final Map<Integer, Place> places = new HashMap<>(); // by row
    private final Set<Taken> taken = new HashSet<>();

    /// Where a step can go on from.
    private record Place(Prefix prefix, NextTokens next) {}

    /// A way to go on that was taken.
    private record Taken(int parent, int token) {}

    /// @param k  the size of the beam
    TreeGrower(Vocabulary target, int k) {
        vocabulary = target;
        best = new Candidates(2 * k);
        nodes.add(new Node(-1, Vocabulary.SPECIALS.get(Vocabulary.START), 0, 0, OptionalDouble.empty(), Fate.KEPT));
        numbers.put(Prefix.EMPTY, 0);
    }

    SearchTree tree() {
        return new SearchTree(List.copyOf(nodes));
    }

    @Override
    public void choosing(Prefix prefix, NextTokens next) {
        places.put(next.row(), new Place(prefix, next));
        best.consider(next.matrix(), next.row(), prefix.weight());
    }

    @Override
    public void kept(Prefix prefix) {
        numbers.put(prefix, nodes.size());
        add(prefix, OptionalDouble.empty(), Fate.KEPT);
    }

    @Override
    public void ended(Prefix prefix, Hypothesis translation) {
        add(prefix, OptionalDouble.of(translation.score()), Fate.FINISHED);
    }

    private void add(Prefix prefix, OptionalDouble score, Fate fate) {
        int parent = numbers.get(prefix.previous());
        taken.add(new Taken(parent, prefix.token()));
        nodes.add(new Node(parent, vocabulary.token(prefix.token()), prefix.logProbability(), prefix.total(), score,
                fate));
    }

    @Override
    public void givenUp(Prefix prefix) {
        int number = numbers.get(prefix);
        var node = nodes.get(number);
        nodes.set(number, new Node(node.parent(), node.token(), node.logProbability(), node.total(), node.score(),
                Fate.GIVEN_UP));
    }

    /// What was considered and not taken falls out of the beam.
    @Override
    public void stepped() {
        for (int i = 0; i < best.size(); i++) {
            var place = places.get(best.row(i));
            int parent = numbers.get(place.prefix);
            int token = best.token(i);
            if (taken.contains(new Taken(parent, token))) continue;
            float logProbability = place.next.raw(token);
            nodes.add(new Node(parent, vocabulary.token(token), logProbability, place.prefix.total() + logProbability,
                    OptionalDouble.empty(), Fate.PRUNED));
        }
        best.clear();
        places.clear();
        taken.clear();
    }
}
