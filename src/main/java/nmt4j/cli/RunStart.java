package nmt4j.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import nmt4j.data.Corpus;
import nmt4j.data.CorpusStatistics.Side;
import nmt4j.model.LoadedModel;

/// What a process that trains says of itself, in the run's `starts.jsonl`: the program, the machine, the corpus as it was
/// read, and the command. It tells where a run comes from and decides nothing.
///
/// @param update    from which it goes on; 0 at the start of a run
/// @param findings  of the data check; empty if there was none
record RunStart(LoadedModel model, Corpus corpus, long update, Optional<String> findings, int threads, Path config,
        List<String> settings) {
    String toJson() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        if (update > 0) fields.put("update", update);
        fields.put("program", ProgramVersion.text());
        fields.put("machine", Runtime.getRuntime().availableProcessors() + " cores, " + threads + " threads, "
                + System.getProperty("os.arch"));
        fields.put("command", command());
        fields.put("parameters", number(model.model().parameters().count()));
        fields.put("vocabularies", number(model.source().vocabulary().size()) + " source, "
                + number(model.target().vocabulary().size()) + " target");
        var s = corpus.statistics();
        fields.put("corpus pairs",
                String.format(Locale.ROOT, "%,d of %,d; left out %,d with an empty side, %,d too long",
                        s.kept(), s.read(), s.empty(), s.tooLong()));
        fields.put("corpus source", side(s.source(), s.kept()));
        fields.put("corpus target", side(s.target(), s.kept()));
        fields.put("corpus fingerprint", Long.toHexString(corpus.fingerprint()));
        findings.ifPresent(found -> fields.put("corpus check", found));
        try {
            return new JsonMapper().writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private String command() {
        var command = new StringBuilder("nmt train ").append(config);
        for (var setting : settings) command.append(" --set '").append(setting.replace("'", "'\\''")).append('\'');
        return command.toString();
    }

    private static String side(Side side, long pairs) {
        return String.format(Locale.ROOT, "%,d subwords, %.1f a sentence, the longest %,d; %.2f %% unknown",
                side.tokens(), side.tokens() / (double) Math.max(1, pairs), side.longest(), 100 * side.unknownRate());
    }

    private static String number(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }
}
