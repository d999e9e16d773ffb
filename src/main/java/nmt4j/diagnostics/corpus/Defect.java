package nmt4j.diagnostics.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What may be wrong with a pair of lines.
public enum Defect {
    INVALID_UTF8(Cure.DROP, "bytes that are not UTF-8"),
    BYTE_ORDER_MARK(Cure.NONE, "a byte order mark, which is left out when the file is read"),
    CARRIAGE_RETURN(Cure.NONE, "a line that ends in CR LF; the CR is left out when it is read"),
    REPLACEMENT_CHARACTER(Cure.DROP, "U+FFFD: what was there is lost"),
    MOJIBAKE(Cure.DROP, "UTF-8 that was once read as Latin-1, such as \"Ã¼\""),
    CONTROL(Cure.DROP, "control characters"),
    INVISIBLE(Cure.KEEP, "zero-width characters and soft hyphens"),
    PRIVATE_USE(Cure.DROP, "private-use characters"),
    NOT_NFC(Cure.KEEP, "text that is not in Unicode's composed form (NFC)"),
    MIXED_SCRIPTS(Cure.KEEP, "words that mix Latin, Greek or Cyrillic letters"),
    EMPTY(Cure.DROP, "an empty or blank side"),
    IDENTICAL(Cure.DROP, "source and target are the same"),
    RATIO(Cure.DROP, "one side is far longer than the other, as lengths go in this corpus"),
    LONG(Cure.DROP, "a side that is far longer than the others of this corpus"),
    FOREIGN(Cure.DROP, "a side that is not in its language, as characters go in this corpus"),
    SWAPPED(Cure.DROP, "source and target changed places"),
    DUPLICATE(Cure.DROP, "a pair that has been there before"),
    NEAR_DUPLICATE(Cure.KEEP, "a pair that has been there before but for case, punctuation and spaces"),
    HELD_OUT(Cure.DROP, "a source sentence of a validation or test set, but for case, punctuation and spaces");

    /// What becomes of a pair when a clean corpus is written.
    enum Cure { NONE, KEEP, DROP }

    private final Cure cure;
    private final String description;

    Defect(Cure cure, String description) {
        this.cure = cure;
        this.description = description;
    }

    public String description() {
        return description;
    }

    /// Whether a clean corpus goes without such pairs.
    public boolean isDropped() {
        return cure == Cure.DROP;
    }

    /// In words, as in a table.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ').replace("utf8", "UTF-8").replace("nfc", "NFC");
    }

    int bit() {
        return 1 << ordinal();
    }

    /// The defects of a set of bits, in order.
    static List<Defect> in(int bits) {
        var defects = new ArrayList<Defect>();
        for (var defect : values())
            if ((bits & defect.bit()) != 0) defects.add(defect);
        return defects;
    }
}
