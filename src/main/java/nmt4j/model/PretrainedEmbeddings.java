package nmt4j.model;

import java.util.BitSet;
import java.util.Locale;
import java.util.Optional;
import nmt4j.Failure;
import nmt4j.config.EmbeddingsConfig;
import nmt4j.config.ModelConfig;
import nmt4j.text.Vocabulary;
import nmt4j.text.WordVectorFile;

/// Word vectors that come from a file.
///
/// @param known  entries of the vocabulary that have a vector there
/// @param size   of the vocabulary, special entries left aside
/// @param twice  vectors that were passed over because their word had one already
public record PretrainedEmbeddings(Side side, EmbeddingsConfig config, int known, int size, long twice) {

    /// What the config says of a side.
    static Optional<EmbeddingsConfig> of(ModelConfig config, Side side) {
        return switch (side) {
            case SOURCE -> config.sourceEmbeddings();
            case TARGET -> config.targetEmbeddings();
        };
    }

    /// Puts the vectors of the config's file into a model that has memory, if the config names one. Entries of the
    /// vocabulary that the file lacks stay as they are.
    ///
    /// @throws Failure  if it is no file of such vectors, or has none of a word that is in the vocabulary
    public static Optional<PretrainedEmbeddings> read(LoadedModel model, Side side) {
        return of(model.config().model(), side).map(config -> read(model, side, config));
    }

    private static PretrainedEmbeddings read(LoadedModel model, Side side, EmbeddingsConfig config) {
        var table = model.model().wordVectors(side);
        var vocabulary = (side == Side.SOURCE ? model.source() : model.target()).vocabulary();
        var known = new BitSet();
        var twice = new long[1];
        long words = WordVectorFile.read(config.file(), table.columns(), vocabulary::contains, (word, vector) -> {
            int id = vocabulary.id(word);
            if (known.get(id)) twice[0]++;
            else table.value().rows(id, id + 1).copyFrom(vector);
            known.set(id);
        });
        int size = vocabulary.size() - Vocabulary.SPECIALS.size();
        if (known.isEmpty())
            throw Failure.mistake(config.file() + ": none of its " + words + " words is one of the " + size
                    + " of the vocabulary, expected words as \"nmt tokenize\" writes them");
        return new PretrainedEmbeddings(side, config, known.cardinality(), size, twice[0]);
    }

    /// How much of the vocabulary is covered, for the log.
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "model.%sEmbeddings: %s: vectors of %,d of %,d subwords (%.1f %%)%s, %s",
                side.name().toLowerCase(Locale.ROOT), config.file(), known, size, 100.0 * known / Math.max(1, size),
                twice == 0 ? "" : String.format(Locale.ROOT, ", %,d words stand twice: the first counts", twice),
                config.freeze() ? "frozen" : "trained further");
    }
}
