package nmt4j.decoding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/// How attention becomes links between words. Links of subwords become those of their words, each once.
public sealed interface Linking {
    /// In the order of the source words, then of the target words.
    List<Link> links(SubwordAttention attention);

    /// Each target subword belongs to the source subword that it looks at most; to none where that is `</s>`.
    record Hard() implements Linking {
        @Override
        public List<Link> links(SubwordAttention attention) {
            var links = Linking.none();
            for (int t = 0; t < attention.targetWords().length; t++) {
                int s = attention.highest(t);
                if (s < attention.sourceWords().length)
                    links.add(new Link(attention.sourceWords()[s], attention.targetWords()[t]));
            }
            return List.copyOf(links);
        }
    }

    /// Each target subword belongs to all source subwords with at least that weight.
    record Threshold(double weight) implements Linking {
        @Override
        public List<Link> links(SubwordAttention attention) {
            var links = Linking.none();
            for (int t = 0; t < attention.targetWords().length; t++)
                for (int s = 0; s < attention.sourceWords().length; s++)
                    if (attention.weights()[t][s] >= weight)
                        links.add(new Link(attention.sourceWords()[s], attention.targetWords()[t]));
            return List.copyOf(links);
        }
    }

    /// All pairs of words, with what the target word looks at the source word.
    record Soft() implements Linking {
        @Override
        public List<Link> links(SubwordAttention attention) {
            var words = attention.ofWords();
            var links = new ArrayList<Link>();
            for (int i = 0; words.length > 0 && i < words[0].length; i++)
                for (int j = 0; j < words.length; j++) links.add(new Link(i, j, words[j][i]));
            return links;
        }
    }

    private static TreeSet<Link> none() {
        return new TreeSet<>(Comparator.comparingInt(Link::source).thenComparingInt(Link::target));
    }
}
