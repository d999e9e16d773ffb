package nmt4j.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// How a score was computed, in sacreBLEU's words and order:
/// `nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0`.
public record Signature(List<Field> fields) {
    /// The version of sacreBLEU whose scores these are: equal settings give equal numbers, so that a signature of ours
    /// can be set beside one of sacreBLEU's.
    public static final String VERSION = "2.6.0";

    /// One `name:value`, with sacreBLEU's abbreviation of the name.
    public record Field(String name, String abbreviation, String value) {}

    public Signature {
        fields = List.copyOf(fields);
    }

    /// The signature of a metric whose own fields are `settings`.
    static Signature of(String references, List<Field> settings) {
        var fields = new ArrayList<Field>();
        fields.add(new Field("nrefs", "#", references));
        fields.addAll(settings);
        fields.add(new Field("version", "v", VERSION));
        return new Signature(fields);
    }

    /// The same with the trials (`bs` bootstrap, `ar` approximate randomisation) and the seed of a statistical test.
    public Signature with(String test, int trials, long seed) {
        var extended = new ArrayList<>(fields);
        extended.add(1, new Field(test, test, Integer.toString(trials)));
        extended.add(2, new Field("seed", "rs", Long.toString(seed)));
        return new Signature(extended);
    }

    static String yesNo(boolean value) {
        return value ? "yes" : "no";
    }

    /// sacreBLEU's `--short` form: `#:1|c:mixed|e:no|tok:13a|s:exp|v:2.6.0`.
    public String abbreviated() {
        return fields.stream().map(field -> field.abbreviation() + ':' + field.value())
                .collect(Collectors.joining("|"));
    }

    @Override
    public String toString() {
        return fields.stream().map(field -> field.name() + ':' + field.value()).collect(Collectors.joining("|"));
    }
}
