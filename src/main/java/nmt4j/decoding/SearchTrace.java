package nmt4j.decoding;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import nmt4j.Failure;
import nmt4j.text.Vocabulary;

/// A line's translation by beam search, and all that the search has looked at.
public record SearchTrace(Translation translation, SearchTree tree) {

    /// Translates lines, each in one piece.
    ///
    /// @throws Failure  if a line has no translation
    public static List<SearchTrace> of(Ensemble models, Settings settings, List<String> lines, int threads) {
        Map<Long, TreeGrower> trees = new ConcurrentHashMap<>();
        Vocabulary target = models.first().target().vocabulary();
        int size = settings.config().beamSize();
        var search = BeamSearch.of(settings, 1).heardBy(sentence -> {
            var tree = new TreeGrower(target, size);
            trees.put(sentence.number(), tree); // of the last attempt, where what failed together is tried alone
            return tree;
        });
        var options = new Translator.Options(threads, Translator.Options.BATCH_TOKENS, Integer.MAX_VALUE);
        var traces = new ArrayList<SearchTrace>();
        try (var translator = new Translator(models, search, options)) {
            for (var translation : translator.translate(lines)) {
                translation.requireSuccess();
                var tree = trees.get(translation.line());
                traces.add(new SearchTrace(translation, tree == null ? new SearchTree(List.of()) : tree.tree()));
            }
        }
        return traces;
    }
}
