package nmt4j.decoding;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import nmt4j.Failure;
import nmt4j.kernel.Parallel;
import nmt4j.lexicon.Shortlist;
import nmt4j.model.LoadedModel;
import nmt4j.tensor.Projection;
import nmt4j.tensor.Tape;
import nmt4j.text.TextCodec;

/// One model, or several of any families that translate together. They must write with the same target subwords; each may
/// read its own source subwords.
///
/// @param models     at least one; whoever loaded them closes them
/// @param shortlist  of target words by the first model's source words, if translations may not consist of all
public record Ensemble(List<LoadedModel> models, Mean mean, Optional<Shortlist> shortlist) {
    /// @throws Failure  if two models have different target vocabularies or tokenizers
    public Ensemble {
        models = List.copyOf(models);
        for (int i = 1; i < models.size(); i++) requireSame(models.getFirst().target(), models.get(i).target(), i + 1);
    }

    public static Ensemble of(LoadedModel model) {
        return new Ensemble(List.of(model), Mean.GEOMETRIC);
    }

    public Ensemble(List<LoadedModel> models, Mean mean) {
        this(models, mean, Optional.empty());
    }

    /// The same with translations of the list's words only.
    public Ensemble with(Shortlist list) {
        return new Ensemble(models, mean, Optional.of(list));
    }

    private static void requireSame(TextCodec first, TextCodec other, int number) {
        var one = first.vocabulary().tokens();
        var two = other.vocabulary().tokens();
        if (one.size() != two.size())
            throw Failure
                    .mistake(String.format(Locale.ROOT, "model %d: a target vocabulary of %,d, but model 1 has %,d: "
                            + "models of an ensemble write with the same one", number, two.size(), one.size()));
        for (int id = 0; id < one.size(); id++)
            if (!one.get(id).equals(two.get(id)))
                throw Failure.mistake("model " + number + ": its target vocabulary has '" + two.get(id)
                        + "' where model 1 has '" + one.get(id) + "' (id " + id
                        + "): models of an ensemble write with the"
                        + " same one");
        if (!first.tokenizer().description().equals(other.tokenizer().description()))
            throw Failure.mistake("model " + number + ": its target tokenizer is not that of model 1: models of an "
                    + "ensemble write with the same one");
    }

    LoadedModel first() {
        return models.getFirst();
    }

    /// How each model reads; one entry if all read alike.
    List<TextCodec> sources() {
        var codecs = models.stream().map(LoadedModel::source).toList();
        boolean alike = codecs.stream().allMatch(codec -> codec.readsAs(codecs.getFirst()));
        return alike ? codecs.subList(0, 1) : codecs;
    }

    /// The longest source sentence, in subwords, that every model was trained on.
    int longest() {
        return models.stream().mapToInt(model -> model.config().data().maxLength()).min().orElseThrow();
    }

    /// The models' output layers, laid out for predicting, on a tape that lives as long as the predictors.
    List<Projection> projections(Tape tape) {
        return models.stream().map(model -> model.model().output().projection(tape)).toList();
    }

    /// A predictor for one thread.
    Predictor predictor(List<Projection> projections) {
        var predictors = new ArrayList<Predictor>();
        for (int i = 0; i < models.size(); i++)
            predictors.add(new ModelPredictor(models.get(i).model(), projections.get(i), shortlist, i,
                    new Parallel(1)));
        return predictors.size() == 1 ? predictors.getFirst() : new EnsemblePredictor(predictors, mean);
    }
}
