package nmt4j.decoding;

import java.util.ArrayList;
import java.util.List;

/// What a translation must hold.
///
/// @param prefix   ids that it begins with; to a [ForcedDecoding], all of them
/// @param phrases  ids that must stand in it one after the other, of each phrase
record Demands(int[] prefix, List<int[]> phrases) {
    static final Demands NONE = new Demands(new int[0], List.of());

    static Demands prefix(int... tokens) {
        return new Demands(tokens, List.of());
    }

    /// The ids of all of it.
    List<int[]> all() {
        var all = new ArrayList<>(phrases);
        all.add(prefix);
        return all;
    }

    /// The fewest tokens that can hold all of it.
    int length() {
        return prefix.length + new Phrases(phrases).total();
    }
}
