package nmt4j.decoding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// What beams of several sizes miss, beside the optimum that exact search finds (Stahlberg & Byrne 2019, table 1).
///
/// @param beams  what each beam found
/// @param exact  what the exact search found
public record SearchErrors(List<BeamPoint> beams, BeamPoint exact) {
    /// Searches lines with beams and exactly.
    ///
    /// @param beams   their sizes
    /// @param effort  of the exact search
    public static SearchErrors of(Ensemble models, Settings settings, List<String> lines, List<Integer> beams,
            Effort effort, int threads) {
        var exact = point(0, lines, Translator.of(models, Search.exact(settings, 1, effort), threads, 1)); // one by one
        var points = new ArrayList<BeamPoint>();
        for (int size : beams)
            points.add(point(size, lines, Translator.of(models, Search.beam(settings.withBeam(size), 1), threads,
                    Translator.Options.BATCH_TOKENS)));
        return new SearchErrors(points, exact);
    }

    private static BeamPoint point(int beam, List<String> lines, Translator translator) {
        try (translator) {
            return new BeamPoint(beam, translator.translate(lines));
        }
    }

    public int lines() {
        return exact.found().size();
    }

    /// Of how many lines the optimum is proved.
    public int proved() {
        return (int) IntStream.range(0, lines()).filter(this::isProved).count();
    }

    /// Lines with a proved optimum that a search missed.
    public int errors(BeamPoint point) {
        return (int) IntStream.range(0, lines()).filter(i -> isWorse(point, i) && isProved(i)).count();
    }

    /// Lines of all for which a better translation is known.
    public int better(BeamPoint point) {
        return (int) IntStream.range(0, lines()).filter(i -> isWorse(point, i)).count();
    }

    /// What is proved of a line; nothing of a blank one, which needs no proof.
    ///
    /// @param line  from 0
    public Optional<Certificate> certificate(int line) {
        return best(exact, line).certificate();
    }

    private boolean isProved(int line) {
        return certificate(line).map(Certificate::isOptimal).orElse(true);
    }

    private boolean isWorse(BeamPoint point, int line) {
        return best(point, line).score() < best(exact, line).score();
    }

    private static Translation.Candidate best(BeamPoint point, int line) {
        return point.found().get(line).candidates().getFirst();
    }
}
