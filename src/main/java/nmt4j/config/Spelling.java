package nmt4j.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How Java's names are spelt in JSON: `INVERSE_SQUARE_ROOT` and `InverseSquareRoot` are both `inverseSquareRoot`.
final class Spelling {
    private static final int LONGEST = 100;

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

    /// What is wrong with a value that is none of `names`.
    static String correction(Json given, List<String> names) {
        var near = given instanceof Json.Text(var text, _) ? near(text, names) : Optional.<String>empty();
        return given.shown() + "; expected " + listed(names) + near.map(n -> "; did you mean " + n + "?").orElse("");
    }

    /// What an unknown key was probably meant to be: one of the keys `here`, or the end of a path elsewhere.
    ///
    /// @param path  of the key, which may be one of another type's keys
    static String advice(String name, String path, List<String> here, List<String> elsewhere) {
        return near(name, here)
                .or(() -> elsewhere.stream().filter(other -> other.endsWith("." + name) && !other.equals(path))
                        .findFirst())
                .map(key -> "did you mean " + key + "?")
                .orElse(here.isEmpty() ? "none is expected" : "expected " + listed(here));
    }

    private static Optional<String> near(String given, List<String> names) {
        return names.stream()
                .filter(name -> distance(given, name) <= Math.max(1, Math.min(given.length(), name.length()) / 3))
                .min(Comparator.comparingInt(name -> distance(given, name)));
    }

    /// `a, b or c`.
    static String listed(List<String> names) {
        int last = names.size() - 1;
        return last < 1 ? String.join("", names) : String.join(", ", names.subList(0, last)) + " or " + names.get(last);
    }

    /// Letters to insert, leave out or change, whatever their case (Levenshtein 1966); long names are far from all.
    static int distance(String a, String b) {
        if (Math.max(a.length(), b.length()) > LONGEST)
            return Integer.MAX_VALUE;
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
