package nmt4j.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import nmt4j.tensor.Rows;
import nmt4j.tensor.Rows.Chosen;
import nmt4j.tensor.Sentences;
import nmt4j.tensor.Tape;
import nmt4j.tensor.Tensor;

/// The source sentences of two decoder states that become one, packed anew: those that a row of theirs translates.
record JoinedSources(Part above, Part below) {
    /// Those of one state.
    ///
    /// @param sentences  where the tokens of each begin
    /// @param ofRow      for each row of the state, its sentence
    record Part(Sentences sentences, int[] ofRow) {
        /// The sentences that a row translates.
        private int[] needed() {
            return Arrays.stream(ofRow).distinct().toArray();
        }

        private int[] tokens() {
            return Arrays.stream(needed()).flatMap(i -> IntStream.range(sentences.begin(i), sentences.end(i)))
                    .toArray();
        }

        private IntStream lengths() {
            return Arrays.stream(needed()).map(sentences::length);
        }

        /// For each row, which of the needed sentences it translates.
        private IntStream places() {
            var needed = needed();
            var places = new int[sentences.size()];
            for (int i = 0; i < needed.length; i++) places[needed[i]] = i;
            return Arrays.stream(ofRow).map(i -> places[i]);
        }
    }

    /// Where the tokens of each sentence begin.
    Sentences sentences() {
        return Sentences.ofLengths(IntStream.concat(above.lengths(), below.lengths()).toArray());
    }

    /// For each row of the one state, then of the other, its sentence.
    int[] ofRow() {
        int first = above.needed().length;
        return IntStream.concat(above.places(), below.places().map(place -> first + place)).toArray();
    }

    /// What both states have of each source token.
    ///
    /// @param keep  where it lives
    /// @param x, y  [tokens of all sentences of a state, H]
    /// @return      [tokens, H]
    Tensor tokens(Tape keep, Tensor x, Tensor y) {
        return Rows.stack(keep, new Chosen(x, above.tokens()), new Chosen(y, below.tokens()));
    }

    Encoded encoded(Tape keep, Encoded x, Encoded y) {
        var states = tokens(keep, x.states(), y.states());
        var keys = x.keys() == x.states() ? states : tokens(keep, x.keys(), y.keys());
        List<Tensor> last = new ArrayList<>();
        for (int l = 0; l < x.last().size(); l++)
            last.add(Rows.stack(keep, new Chosen(x.last().get(l), above.needed()),
                    new Chosen(y.last().get(l), below.needed())));
        return new Encoded(states, sentences(), last, keys);
    }
}
