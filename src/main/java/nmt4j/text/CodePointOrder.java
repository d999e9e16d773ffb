package nmt4j.text;

import java.util.Comparator;

/// Strings by their code points, as Python and UTF-8 order them; `String.compareTo` puts U+FFFD behind U+1F600.
enum CodePointOrder implements Comparator<String> {
    INSTANCE;

    @Override
    public int compare(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y)
                return Character.isSurrogate(x) == Character.isSurrogate(y) ? x - y : Character.isSurrogate(x) ? 1 : -1;
        }
        return a.length() - b.length();
    }
}
