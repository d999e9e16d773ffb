package nmt4j.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a run comes to, in sentences.
final class Verdict {
    /// A validation loss this much above its lowest says that the model learns by heart.
    private static final double OVERFITTING = 1.02;
    private static final double BLEU_STILL_RISING = 0.3;
    private static final double OFTEN_CLIPPED = 0.5;
    private static final int ENOUGH = 10; // lines of a group
    private static final double APART = 0.5; // BLEU
    private static final double SHORT = 0.95;
    private static final double LONG = 1.05;

    private Verdict() {}

    static List<String> sentences(Chapter chapter) {
        var run = chapter.run();
        var said = new ArrayList<String>();
        said.add(run.ending().map(why -> "The run ended after " + Html.count(run.updates()) + " updates: "
                + ending(why) + ".")
                .orElse("The run is at update " + Html.count(run.updates()) + " and has not ended."));
        run.best().ifPresent(best -> said.add("Its best model is that of update " + Html.count(best.update()) + ": "
                + Html.number("BLEU %.2f, ", best.value("bleu"))
                + Html.number("perplexity %.2f", best.value("perplexity"))
                + Html.number(", %.1f %% of the subwords right.", 100 * best.value("accuracy"))));
        if (run.validation().isEmpty()) said.add("It has not been validated, so nothing is known of its quality.");
        learning(run, said);
        chapter.texts().ifPresent(texts -> {
            length(texts, said);
            said.addAll(strengths(texts));
        });
        return said;
    }

    private static String ending(String reason) {
        return switch (reason) {
            case "MAX_EPOCHS" -> "training.maxEpochs was reached";
            case "MAX_UPDATES" -> "training.maxUpdates was reached";
            case "MAX_MINUTES" -> "training.maxMinutes was reached";
            case "PATIENCE" -> "too many validations without a better model (training.validation.patience)";
            default -> reason.toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }

    /// What it does best and worst, among kinds of sentences of which there are enough.
    static List<String> strengths(Texts texts) {
        var said = new ArrayList<String>();
        strengths("By length", " words", texts.byLength()).ifPresent(said::add);
        strengths("By how often training has seen the rarest word of the reference", "", texts.byRarestWord())
                .ifPresent(said::add);
        strengths("By how many words of the source training has never seen", "", texts.byUnknownWords())
                .ifPresent(said::add);
        return said;
    }

    private static Optional<String> strengths(String title, String unit, List<Texts.Group> all) {
        var groups = all.stream().filter(group -> group.lines() >= ENOUGH)
                .sorted(Comparator.comparingDouble(group -> group.score().score())).toList();
        if (groups.size() < 2
                || groups.getLast().score().score() - groups.getFirst().score().score() < APART)
            return Optional.empty();
        return Optional.of(title + ": best with " + told(groups.getLast(), unit) + "; worst with "
                + told(groups.getFirst(), unit) + ".");
    }

    private static String told(Texts.Group group, String unit) {
        return group.label() + unit + Html.number(", BLEU %.1f", group.score().score());
    }

    private static void learning(Run run, List<String> said) {
        var points = run.validation();
        if (points.size() >= 3) {
            var last = points.getLast();
            double lowest = points.stream().mapToDouble(p -> p.value("loss")).min().orElseThrow();
            if (last.value("loss") > OVERFITTING * lowest) said.add(Html.number("The validation loss has risen to %.3f",
                    last.value("loss")) + Html.number(" from its lowest, %.3f: the model learns by heart;", lowest)
                    + " more dropout or more data would help, longer training would not.");
            double rise = last.value("bleu") - points.get(points.size() - 2).value("bleu");
            if (last.best() && rise > BLEU_STILL_RISING)
                said.add(Html.number("The last validation was the best by %.2f BLEU: longer training would help.",
                        rise));
        }
        var late = run.training().subList(run.training().size() / 2, run.training().size());
        double clipped =
                late.stream().mapToDouble(p -> p.value("clipped")).filter(Double::isFinite).average().orElse(0);
        if (clipped > OFTEN_CLIPPED) said.add(Html.number("In the second half %.0f %% of the gradients were clipped: ",
                100 * clipped) + "training.clipNorm decides how far an update goes, not the learning rate.");
        double skipped = run.training().stream().mapToDouble(p -> p.value("skipped")).filter(Double::isFinite).sum();
        if (skipped > 0)
            said.add(Html.number("%.0f updates were skipped, because something was not a number.", skipped));
    }

    private static void length(Texts texts, List<String> said) {
        double ratio = texts.score().ratio();
        if (ratio < SHORT || ratio > LONG)
            said.add(Html.number("Translations are %.2f times as long as their references: ",
                    ratio) + (ratio < SHORT ? "too short" : "too long") + " (see decoding.lengthPenalty).");
    }
}
