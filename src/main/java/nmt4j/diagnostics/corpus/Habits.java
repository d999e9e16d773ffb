package nmt4j.diagnostics.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/// What is usual in a corpus, learnt from itself: the letters of both languages, how long lines are, and how long those of
/// one language are beside those of the other.
final class Habits {
    /// Lines shorter than this say too little of their language.
    private static final int SHORTEST = 16;
    /// What is longer than this is looked at so far: one line must not say what is usual for all, nor take all memory.
    private static final int LONGEST = 2000;
    private static final int SAMPLE = 4096;
    private static final double FAR = 6;
    private static final double FAR_LENGTH = 4.5;
    private static final double LEAST_RATIO = Math.log(2.2);
    private static final double LEAST_LENGTH = Math.log(2);
    /// Natural logarithms by which a line must look more like the other language: in all, and a character.
    private static final double LEAST_EVIDENCE = 12;
    private static final double EVIDENCE = 0.35;

    private record Lines(String source, String target) {}

    private final Trigrams source = new Trigrams();
    private final Trigrams target = new Trigrams();
    private final List<Lines> sample = new ArrayList<>();
    private long stride = 1;
    private long seen;

    private Spread ratio;
    private Spread sourceLength;
    private Spread targetLength;
    private Fit sourceFit;
    private Fit targetFit;

    void add(String sourceLine, String targetLine) {
        var lines = new Lines(beginning(sourceLine), beginning(targetLine));
        source.add(lines.source);
        target.add(lines.target);
        if (seen++ % stride == 0) sample.add(lines);
        if (sample.size() == 2 * SAMPLE) thin();
    }

    private static String beginning(String line) {
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST);
    }

    /// Every second line of the sample goes, and from here on only every second is taken.
    private void thin() {
        for (int i = 0; i < SAMPLE; i++) sample.set(i, sample.get(2 * i));
        sample.subList(SAMPLE, sample.size()).clear();
        stride *= 2;
    }

    /// Works out what is usual; no line may be added any more.
    void seal() {
        source.seal();
        target.seal();
        ratio = spread(pair -> logRatio(pair.source, pair.target));
        sourceLength = spread(pair -> logLength(pair.source));
        targetLength = spread(pair -> logLength(pair.target));
        sourceFit = fit(source, Lines::source);
        targetFit = fit(target, Lines::target);
        sample.clear();
    }

    private Fit fit(Trigrams language, Function<Lines, String> side) {
        double middle = spread(pair -> mean(language, side.apply(pair))).middle();
        return new Fit(language, middle, spread(pair -> Fit.distance(language, side.apply(pair), middle)));
    }

    private Spread spread(ToDoubleFunction<Lines> value) {
        return Spread.of(sample.stream().filter(p -> p.source.length() >= SHORTEST && p.target.length() >= SHORTEST)
                .mapToDouble(value).toArray());
    }

    /// The defects of two lines that neither is empty nor the same as the other.
    int defects(String sourceLine, String targetLine) {
        int found = 0;
        double farRatio = Math.max(LEAST_RATIO, FAR * ratio.deviation());
        if (Math.abs(logRatio(sourceLine, targetLine) - ratio.middle()) > farRatio) found |= Defect.RATIO.bit();
        if (isLong(sourceLine, sourceLength) || isLong(targetLine, targetLength)) found |= Defect.LONG.bit();
        boolean sourceLooksTarget = looksOther(sourceLine, source, target);
        boolean targetLooksSource = looksOther(targetLine, target, source);
        if (sourceLooksTarget && targetLooksSource) return found | Defect.SWAPPED.bit();
        if (sourceLooksTarget || targetLooksSource || sourceFit.isForeign(sourceLine)
                || targetFit.isForeign(targetLine))
            found |= Defect.FOREIGN.bit();
        return found;
    }

    private static boolean isLong(String line, Spread usual) {
        return logLength(line) - usual.middle() > Math.max(LEAST_LENGTH, FAR_LENGTH * usual.deviation());
    }

    private static boolean looksOther(String line, Trigrams own, Trigrams other) {
        return line.length() >= SHORTEST
                && other.ofOther(line) - own.ofOwn(line) > Math.max(LEAST_EVIDENCE, EVIDENCE * line.length());
    }

    /// The mean log p of a line's characters.
    private static double mean(Trigrams language, String line) {
        return language.ofOwn(line) / line.length();
    }

    /// How well lines fit the letters of their language.
    ///
    /// @param middle   mean log p of a character, in a usual line
    /// @param usual    how far usual lines are from it, in standard errors
    private record Fit(Trigrams language, double middle, Spread usual) {
        /// More characters than this do not make the mean of a line any surer: lines have topics.
        private static final int SUREST = 64;

        boolean isForeign(String line) {
            return line.length() >= SHORTEST && usual.deviations(distance(language, line, middle)) < -FAR;
        }

        static double distance(Trigrams language, String line, double middle) {
            return (mean(language, line) - middle) * Math.sqrt(Math.min(SUREST, line.length()));
        }
    }

    private static double logRatio(String a, String b) {
        return Math.log((a.length() + 8.0) / (b.length() + 8.0));
    }

    private static double logLength(String line) {
        return Math.log(1.0 + line.length());
    }
}
