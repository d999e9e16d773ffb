package nmt4j.decoding;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import nmt4j.text.LineReader;
import nmt4j.text.TextCodec;

/// A line to translate, and what its translation must hold.
///
/// @param number          of the line, from 1
/// @param carriageReturn  whether it ended in CR LF
/// @param target          its whole translation, if it is only to be scored
/// @param prefix          how its translation must begin
/// @param phrases         what must stand in its translation
public record Request(long number, String source, boolean carriageReturn, Optional<Known> target, String prefix,
        List<String> phrases) {
    /// A line to translate freely.
    public static Request of(long number, String source) {
        return new Request(number, source, false, Optional.empty(), "", List.of());
    }

    /// A translation that is known: how its line becomes ids.
    @FunctionalInterface
    public interface Known {
        int[] ids(TextCodec codec);

        /// A line of text.
        static Known text(String line) {
            return codec -> codec.encode(line);
        }

        /// Subwords, separated by blanks, as a search chose them: not always those into which the text would be cut.
        static Known subwords(String line) {
            return codec -> Arrays.stream(line.split(" ")).filter(token -> !token.isEmpty())
                    .mapToInt(codec.vocabulary()::id).toArray();
        }
    }

    /// A line whose translation is known.
    public static Request forced(long number, String source, Known target) {
        return new Request(number, source, false, Optional.of(target), "", List.of());
    }

    /// The present line of a text.
    public static Request of(LineReader lines) {
        return new Request(lines.number(), lines.line(), lines.carriageReturn(), Optional.empty(), "", List.of());
    }

    /// The same, beginning so and with these phrases in it.
    public Request demanding(String itsPrefix, List<String> itsPhrases) {
        return new Request(number, source, carriageReturn, target, itsPrefix, itsPhrases);
    }

    /// Where requests come from, one after the other.
    @FunctionalInterface
    public interface Source {
        /// The next one, or none at the end.
        Optional<Request> next();

        static Source of(LineReader lines) {
            return () -> lines.advance() ? Optional.of(Request.of(lines)) : Optional.empty();
        }
    }
}
