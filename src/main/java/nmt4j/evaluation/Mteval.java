package nmt4j.evaluation;

/// The tokenisation rules of NIST's mteval scripts, on which BLEU's tokenisers rest.
final class Mteval {
    private Mteval() {}

    /// The rules for Western languages of `mteval-v13a.pl`: punctuation and symbols of ASCII stand alone, except period
    /// and comma between digits, and the dash that no digit precedes.
    static String western(String text) {
        return separateNumbers(separatePunctuation(text));
    }

    /// The rule for what always stands alone.
    static String separatePunctuation(String text) {
        return Spacing.around(text, Mteval::isAsciiPunctuation);
    }

    /// The rules that need to know whether a digit is next to the mark.
    static String separateNumbers(String text) {
        text = Spacing.afterBoth(text, c -> !isDigit(c), Mteval::isPeriodOrComma);
        text = Spacing.beforeBoth(text, Mteval::isPeriodOrComma, c -> !isDigit(c));
        return Spacing.afterBoth(text, Mteval::isDigit, c -> c == '-');
    }

    /// The rules of `mteval-v14.pl` for any language: punctuation stands alone unless between numbers, symbols always.
    static String international(String text) {
        text = Spacing.afterBoth(text, c -> !isNumber(c), Mteval::isPunctuation);
        text = Spacing.beforeBoth(text, Mteval::isPunctuation, c -> !isNumber(c));
        return Spacing.around(text, Mteval::isSymbol);
    }

    /// The four entities that mteval resolves, in its order.
    static String resolveEntities(String text) {
        if (text.indexOf('&') < 0)
            return text;
        return text.replace("&quot;", "\"").replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">");
    }

    private static boolean isAsciiPunctuation(int c) {
        return c >= '{' && c <= '~' || c >= '[' && c <= '`' || c >= ' ' && c <= '&' || c >= '(' && c <= '+'
                || c >= ':' && c <= '@' || c == '/';
    }

    private static boolean isPeriodOrComma(int c) {
        return c == '.' || c == ',';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNumber(int c) {
        return switch (Character.getType(c)) {
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> true;
            default -> false;
        };
    }

    private static boolean isPunctuation(int c) {
        return switch (Character.getType(c)) {
            case Character.CONNECTOR_PUNCTUATION, Character.DASH_PUNCTUATION, Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION, Character.INITIAL_QUOTE_PUNCTUATION, Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> false;
        };
    }

    private static boolean isSymbol(int c) {
        return switch (Character.getType(c)) {
            case Character.MATH_SYMBOL, Character.CURRENCY_SYMBOL, Character.MODIFIER_SYMBOL, Character.OTHER_SYMBOL ->
                    true;
            default -> false;
        };
    }
}
