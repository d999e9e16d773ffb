package nmt4j.decoding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import nmt4j.decoding.Predictor.Prediction;
import nmt4j.decoding.Rule.Exclusion;
import nmt4j.kernel.TopTokens;

/// Beam search: of all ways to go on from K prefixes of equal length, the K most likely are kept; those that end there are
/// translations, the others are the prefixes of the next step. With K = 1 this is greedy search.
///
/// A prefix is given up as soon as nothing that it can become could still be among the best, see [LengthPenalty]: this
/// never changes the result, and a sentence is done when it has no prefix left, or earlier if [Stopping] says so.
///
/// @param size       K
/// @param best       how many translations are wanted
/// @param rules      applied in order
/// @param listeners  who hears of each sentence's beam
record BeamSearch(int size, int best, Ranking ranking, Stopping stopping, Lengths lengths, List<Rule> rules,
        Function<Sentence, BeamListener> listeners) implements Search {

    BeamSearch(int size, int best, Ranking ranking, Stopping stopping, Lengths lengths, List<Rule> rules) {
        this(size, best, ranking, stopping, lengths, rules, _ -> BeamListener.NONE);
    }

    static BeamSearch of(Settings settings, int best) {
        return new BeamSearch(Math.max(settings.config().beamSize(), best), best, settings.ranking(),
                settings.stopping(), settings.lengths(), settings.rules());
    }

    BeamSearch heardBy(Function<Sentence, BeamListener> others) {
        return new BeamSearch(size, best, ranking, stopping, lengths, rules, others);
    }

    /// As a `Grid` has them.
    @Override
    public long width(Sentence sentence) {
        return size * (1L + new Phrases(sentence.demands().phrases()).total());
    }

    @Override
    public List<List<Hypothesis>> search(Predictor predictor, List<Sentence> sentences) {
        return Order.searched(this, predictor, sentences);
    }

    /// New sentences take the place of those that are done.
    @Override
    public void search(Predictor predictor, List<Order> orders, Supplier<List<Order>> more) {
        var live = new ArrayList<>(beams(orders));
        var attention = ranking.recorder();
        var state = predictor.start(Order.sentences(orders));
        var exclusions = Exclusion.all(rules);
        while (true) {
            var prediction = state.step(Beam.join(live, Beam::lastTokens), attention.next());
            int row = goOn(live, prediction, exclusions, attention);
            live.removeIf(Beam::isDone);
            if (live.isEmpty()) return;
            var rows = Beam.join(live, Beam::rows);
            state = isSame(rows, row) ? prediction.state() : prediction.state().select(rows);
            var newcomers = more.get();
            if (newcomers.isEmpty()) continue;
            state = state.join(Order.sentences(newcomers));
            live.addAll(beams(newcomers));
        }
    }

    /// @param exclusions  all rules, or none if there are others
    /// @return            how many rows there were
    private int goOn(List<Beam> live, Prediction prediction, Optional<List<Exclusion>> exclusions,
            AttentionRecorder attention) {
        var likeliest = live.stream().anyMatch(Beam::isFree)
                ? exclusions.flatMap(rules -> prediction.likeliest(wanted(rules)))
                : Optional.<TopTokens>empty();
        int row = 0;
        for (var beam : live)
            row = likeliest.isPresent() && beam.isFree()
                    ? beam.goOn(likeliest.get(), exclusions.orElseThrow(), attention, row)
                    : beam.goOn(prediction.logProbabilities(), attention, row);
        return row;
    }

    /// Likeliest tokens behind a prefix of which K are left when all are taken away that may be; and one, so that two which
    /// rounding makes equal may change places.
    private int wanted(List<Exclusion> exclusions) {
        return size + Exclusion.most(exclusions) + 1;
    }

    private List<Beam> beams(List<Order> orders) {
        return orders.stream().map(order -> new Beam(this, order)).toList();
    }

    private static boolean isSame(int[] rows, int count) {
        if (rows.length != count) return false;
        for (int i = 0; i < count; i++) if (rows[i] != i) return false;
        return true;
    }
}
