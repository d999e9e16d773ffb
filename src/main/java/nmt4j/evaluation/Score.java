package nmt4j.evaluation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/// What a metric says of a corpus or a sentence.
public sealed interface Score permits BleuScore, ChrfScore, TerScore {
    /// The metric's name as sacreBLEU prints it: `BLEU`, `chrF2++`, `TER`.
    String name();

    /// The unrounded score, in percent.
    double score();

    /// What sacreBLEU prints behind the score; empty if nothing.
    default String verbose() {
        return "";
    }

    /// sacreBLEU's line, `BLEU|nrefs:1|… = 26.1 57.9/31.9/19.7/12.7 (BP = …)`, with `width` decimals.
    default String line(Signature signature, int width) {
        return new Evaluation(this, signature, Optional.empty(), List.of(), List.of()).line(width);
    }

    /// The exact value of `number` rounded to `width` decimals, half to even, as C and Python print (Java's formatter
    /// rounds half up).
    static String rounded(double number, int width) {
        return new BigDecimal(number).setScale(width, RoundingMode.HALF_EVEN).toPlainString();
    }
}
