package nmt4j.training;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// The lines and records that a run writes.
final class Report {
    private Report() {}

    /// @param rate   the learning rate of the last update
    /// @param epoch  of the last update
    static String line(Interval interval, Progress progress, int epoch, double rate, double secondsLeft) {
        var loss = interval.loss();
        return String.format(Locale.ROOT,
                "epoch %d, update %,d: loss %.4f, perplexity %.2f, accuracy %.1f %%, gradient %.3f, "
                        + "rate %.2e, %,.0f + %,.0f tokens/s, %,d MB, %s%s",
                epoch, progress.update(), loss.loss() / interval.units(),
                loss.perplexity(), 100 * loss.accuracy(), interval.norms() / interval.updates(), rate,
                interval.sourceTokens() / interval.seconds(), loss.tokens() / interval.seconds(), Memory.mebibytes(),
                secondsLeft > 0 ? Elapsed.text(secondsLeft) + " left" : Elapsed.text(progress.seconds()) + " so far",
                interval.skipped() > 0 ? ", " + interval.skipped() + " skipped" : "");
    }

    static Map<String, Object> record(Interval interval, Progress progress, int epoch, double rate) {
        var loss = interval.loss();
        var record = new LinkedHashMap<String, Object>();
        record.put("event", "training");
        record.put("update", progress.update());
        record.put("epoch", epoch);
        record.put("loss", finite(loss.loss() / interval.units()));
        record.put("perplexity", finite(loss.perplexity()));
        record.put("accuracy", finite(loss.accuracy()));
        record.put("gradientNorm", finite(interval.norms() / interval.updates()));
        record.put("largestGradientNorm", interval.largestNorm());
        record.put("clipped", finite(interval.clipped() / (double) interval.updates()));
        record.put("skipped", interval.skipped());
        record.put("learningRate", rate);
        record.put("sourceTokens", interval.sourceTokens());
        record.put("targetTokens", loss.tokens());
        record.put("sourceTokensPerSecond", Math.round(interval.sourceTokens() / interval.seconds()));
        record.put("targetTokensPerSecond", Math.round(loss.tokens() / interval.seconds()));
        record.put("memoryMiB", Memory.mebibytes());
        record.put("seconds", Math.round(10 * progress.seconds()) / 10.0);
        return record;
    }

    static String line(Judge.Verdict verdict, Progress progress, boolean isBest) {
        var loss = verdict.loss();
        return String.format(Locale.ROOT, "validation, update %,d: loss %.4f, perplexity %.2f, accuracy %.1f %%%s%s",
                progress.update(),
                loss.perToken(), loss.perplexity(), 100 * loss.accuracy(),
                verdict.translations().map(t -> String.format(Locale.ROOT, ", BLEU %.2f", t.bleu())).orElse(""),
                isBest ? ", the best so far" : "");
    }

    static Map<String, Object> record(Judge.Verdict verdict, Progress progress, boolean isBest) {
        var record = new LinkedHashMap<String, Object>();
        record.put("event", "validation");
        record.put("update", progress.update());
        verdict.scores().forEach((name, score) -> record.put(name, finite(score)));
        record.put("accuracy", verdict.loss().accuracy());
        record.put("best", isBest);
        record.put("seconds", Math.round(10 * progress.seconds()) / 10.0);
        return record;
    }

    /// Why an update made no step.
    ///
    /// @param tensor  the first whose gradient is not finite; empty if there is none
    static String skipped(Update done, long number, String tensor) {
        var why = !Double.isFinite(done.loss().loss())
                ? "the loss is " + done.loss().loss() + (tensor.isEmpty() ? "" : "; first in the gradient of " + tensor)
                : tensor.isEmpty() ? "the gradient is too large for its norm to be a number"
                : "the gradient of " + tensor + " is not finite";
        return String.format(Locale.ROOT, "update %,d: skipped: %s", number, why);
    }

    /// JSON has no word for what is not a number.
    private static Object finite(double x) {
        return Double.isFinite(x) ? (Object) x : null;
    }
}
