package nmt4j.training;

import java.util.List;

/// Some names: those with these parts in this order, the first at the beginning and the last at the end. It takes one
/// pass over a name, whatever is in the pattern.
record NamePattern(List<String> parts) {
    /// @param pattern  a name, in which `*` stands for any characters
    static NamePattern of(String pattern) {
        return new NamePattern(List.of(pattern.split("\\*", -1)));
    }

    boolean fits(String name) {
        if (parts.size() == 1) return name.equals(parts.getFirst());
        if (!name.startsWith(parts.getFirst()) || !name.endsWith(parts.getLast())) return false;
        int at = parts.getFirst().length();
        for (var part : parts.subList(1, parts.size() - 1)) {
            int found = name.indexOf(part, at);
            if (found < 0) return false;
            at = found + part.length();
        }
        return at <= name.length() - parts.getLast().length();
    }
}
