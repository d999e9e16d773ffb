package nmt4j.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How Java's names are spelt in JSON: `INVERSE_SQUARE_ROOT` and `InverseSquareRoot` are both `inverseSquareRoot`.
final class Spelling {
    private Spelling() {}

    static String of(Enum<?> constant) {
        var words = constant.name().toLowerCase(Locale.ROOT).split("_");
        var name = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++)
            name.append(words[i].substring(0, 1).toUpperCase(Locale.ROOT)).append(words[i].substring(1));
        return name.toString();
    }

    /// The `type` that selects a record of a sealed interface.
    static String ofVariant(Class<?> variant) {
        var name = variant.getSimpleName().replaceFirst("Config$", "");
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    /// The one of `known` that `given` was probably meant to be, as a question after a semicolon, or all of them.
    static String suggestion(String given, List<String> known) {
        return known.stream()
                .filter(k -> given.length() < 100 && distance(given, k) <= Math.max(1, Math.min(given.length(), k.length()) / 3))
                .min((a, b) -> Integer.compare(distance(given, a), distance(given, b)))
                .map(k -> "; did you mean " + k + "?")
                .orElse(known.isEmpty() ? "; there are none here" : "; expected " + listed(known));
    }

    /// `a, b or c`.
    static String listed(List<String> names) {
        int last = names.size() - 1;
        return last < 1 ? String.join("", names) : String.join(", ", names.subList(0, last)) + " or " + names.get(last);
    }

    /// Letters to insert, leave out or change, whatever their case (Levenshtein 1966).
    static int distance(String a, String b) {
        var x = a.toLowerCase(Locale.ROOT);
        var y = b.toLowerCase(Locale.ROOT);
        var row = new ArrayList<Integer>();
        for (int j = 0; j <= y.length(); j++)
            row.add(j);
        for (int i = 1; i <= x.length(); i++) {
            int diagonal = row.set(0, i);
            for (int j = 1; j <= y.length(); j++) {
                int change = diagonal + (x.charAt(i - 1) == y.charAt(j - 1) ? 0 : 1);
                diagonal = row.set(j, Math.min(change, 1 + Math.min(row.get(j), row.get(j - 1))));
            }
        }
        return row.get(y.length());
    }
}
