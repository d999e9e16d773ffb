package nmt4j.decoding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import nmt4j.decoding.Rule.Exclusion;
import nmt4j.evaluation.Metric;
import nmt4j.text.TextCodec;

/// A way to find translations.
///
/// Law: what is found for a sentence, bit for bit, does not depend on the sentences beside it.
public interface Search {
    /// @param sentences  at least one
    /// @return           for each sentence its translations, the one to choose first; at least one each
    List<List<Hypothesis>> search(Predictor predictor, List<Sentence> sentences);

    /// Hypotheses of a sentence that are computed side by side, where sentences are.
    default long width(Sentence sentence) {
        return 1;
    }

    /// A sentence to search, and who takes what is found.
    record Order(Sentence sentence, Consumer<List<Hypothesis>> taker) {
        static List<Sentence> sentences(List<Order> orders) {
            return orders.stream().map(Order::sentence).toList();
        }

        /// What a search that takes orders finds for sentences that come together.
        static List<List<Hypothesis>> searched(Search search, Predictor predictor, List<Sentence> sentences) {
            var found = new ArrayList<List<Hypothesis>>();
            search.search(predictor, into(found, sentences), List::of);
            return found;
        }

        /// Orders whose translations come to their sentences' places in a list, which is empty.
        static List<Order> into(List<List<Hypothesis>> found, List<Sentence> sentences) {
            var orders = new ArrayList<Order>();
            for (var sentence : sentences) {
                int place = found.size();
                found.add(List.of());
                orders.add(new Order(sentence, translations -> found.set(place, translations)));
            }
            return orders;
        }
    }

    /// The same with sentences that come later. A search may take them in where others are done, or leave them to others.
    ///
    /// @param orders  at least one
    /// @param more    may be asked after each step for orders that came by then; what it gives is searched, too
    default void search(Predictor predictor, List<Order> orders, Supplier<List<Order>> more) {
        var found = search(predictor, Order.sentences(orders));
        for (int i = 0; i < orders.size(); i++) orders.get(i).taker.accept(found.get(i));
    }

    /// Beam search for the best translation of each sentence, of which nothing but the words is wanted: scores may be missing.
    static Search words(Settings settings) {
        var beam = BeamSearch.of(settings, 1);
        var exclusions = Exclusion.all(beam.rules());
        boolean isGreedy = beam.size() == 1 && settings.coverage() == 0 && exclusions.isPresent();
        return isGreedy ? new GreedySearch(beam, exclusions.get()) : beam;
    }

    /// Beam search.
    ///
    /// @param best  how many translations of a sentence are wanted; the beam is at least as wide
    static Search beam(Settings settings, int best) {
        return BeamSearch.of(settings, best);
    }

    /// Sampling from a model, or from what is left of its distribution.
    ///
    /// @param samples  of each sentence
    static Search sampling(Settings settings, int samples, TokenDistribution distribution, long seed) {
        return new Sampling(samples, distribution, seed, settings.penalty(), settings.lengths(), settings.rules());
    }

    /// The translations with the highest scores of all, proved if it does not take too long; a beam search comes first.
    ///
    /// @param best    how many of them
    /// @param effort  after which the best so far come without proof
    static Search exact(Settings settings, int best, Effort effort) {
        return new ExactSearch(best, settings.penalty(), settings.lengths(), settings.rules(), beam(settings, best),
                effort);
    }

    /// Of some candidates the one that is most like all of them, by a metric.
    ///
    /// @param candidates  samples, or an n-best list
    /// @param best        how many translations of a sentence are wanted
    static Search minimumBayesRisk(Search candidates, Metric utility, TextCodec target, int best) {
        var weight = candidates instanceof Sampling ? MinimumBayesRisk.Weight.UNIFORM
                : MinimumBayesRisk.Weight.PROBABILITY;
        return new MinimumBayesRisk(candidates, utility, weight, target, best);
    }

    /// All translations, of a few words from a small vocabulary.
    static Search exhaustive(Settings settings, int best) {
        return new ExhaustiveSearch(best, settings.penalty(), settings.lengths(), settings.rules());
    }

    /// No search: translations that requests give are scored, see [Request#forced].
    static Search forced(Settings settings) {
        return new ForcedDecoding(settings.ranking(), Optional.empty());
    }

    /// The same, with the attention that makes alignments.
    static Search forcedWithAttention(Settings settings) {
        return new ForcedDecoding(settings.ranking(), Optional.of(settings.attention()));
    }

    /// What another search finds, with the attention that makes alignments: it is seen when the translations are decoded
    /// once more, forced.
    static Search withAttention(Search search, Settings settings) {
        return new AttentiveSearch(search, new ForcedDecoding(settings.ranking(), Optional.of(settings.attention())));
    }
}
