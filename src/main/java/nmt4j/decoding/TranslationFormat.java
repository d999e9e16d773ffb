package nmt4j.decoding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import nmt4j.decoding.Translation.Candidate;

/// How a translation is written.
@FunctionalInterface
public interface TranslationFormat {
    /// The translation alone, with the source line's ending.
    TranslationFormat TEXT = (translation, carriageReturn) -> translation.text()
            + alignment(translation.candidates().getFirst()) + (carriageReturn ? "\r\n" : "\n");

    /// A line for each candidate, as Moses writes n-best lists: line number from 0, text, log p, score.
    TranslationFormat MOSES = (translation, _) -> {
        var lines = new StringBuilder();
        for (var candidate : translation.candidates())
            lines.append(
                    String.format(Locale.ROOT, "%d ||| %s ||| LogProbability= %.6f ||| %.6f%s\n",
                            translation.line() - 1, candidate.text(), candidate.logProbability(), candidate.score(),
                            alignment(candidate)));
        return lines.toString();
    };

    /// @return one or more whole lines
    String write(Translation translation, boolean carriageReturn);

    /// A line of JSON for each source line.
    static TranslationFormat jsonLines() {
        var json = new ObjectMapper();
        return (translation, _) -> {
            var line = json.createObjectNode().put("line", translation.line());
            translation.failure().ifPresent(failure -> line.put("error", String.valueOf(failure.getMessage())));
            if (translation.pieces() > 1) line.put("pieces", translation.pieces());
            var candidates = line.putArray("translations");
            for (var candidate : translation.candidates()) describe(candidate, candidates.addObject());
            try {
                return json.writeValueAsString(line) + "\n";
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    /// Behind the rest of a line: ` ||| 0-0 1-2`, if asked for.
    private static String alignment(Candidate candidate) {
        return candidate.alignment().map(links -> " ||| " + Link.join(links)).orElse("");
    }

    /// Writes all that is known of a candidate.
    static void describe(Candidate candidate, ObjectNode node) {
        node.put("text", candidate.text()).put("score", candidate.score()).put("logProbability",
                candidate.logProbability());
        candidate.certificate().ifPresent(certificate -> node.put("certificate", certificate.toString())
                .put("bound", certificate.bound()).put("steps", certificate.steps()));
        candidate.utility().ifPresent(utility -> node.put("expectedUtility", utility));
        candidate.alignment().ifPresent(links -> node.put("alignment", Link.join(links)));
        var tokens = node.putArray("tokens");
        candidate.tokens().forEach(tokens::add);
        var logProbabilities = node.putArray("tokenLogProbabilities");
        for (float logProbability : candidate.logProbabilities()) logProbabilities.add(logProbability);
    }
}
