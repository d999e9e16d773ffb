package nmt4j.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import nmt4j.Failure;

/// The references of a corpus line by line; one line may have more of them than another.
public record References(List<List<String>> lines) {
    public References {
        lines = List.copyOf(lines);
        for (int i = 0; i < lines.size(); i++)
            if (lines.get(i).isEmpty())
                throw Failure.mistake("references: line " + (i + 1) + ": no reference, expected at least 1");
    }

    /// From whole files, `streams.get(r).get(line)`; a null stands where a line has no such reference.
    public static References ofStreams(List<List<String>> streams) {
        if (streams.isEmpty())
            throw Failure.mistake("references: none, expected at least 1");
        int size = streams.getFirst().size();
        for (int r = 1; r < streams.size(); r++)
            if (streams.get(r).size() != size)
                throw Failure.mistake("reference " + (r + 1) + ": " + streams.get(r).size()
                        + " lines, but reference 1 has " + size);
        var lines = new ArrayList<List<String>>(size);
        for (int i = 0; i < size; i++) {
            int line = i;
            lines.add(streams.stream().map(stream -> stream.get(line)).filter(Objects::nonNull).toList());
        }
        return new References(lines);
    }

    public int size() {
        return lines.size();
    }

    /// How many references a line has, for signatures: a number, or `var` if it varies.
    String count() {
        var counts = lines.stream().map(List::size).distinct().toList();
        return counts.size() == 1 ? counts.getFirst().toString() : "var";
    }

    /// The references of some of the lines.
    public References select(int[] indices) {
        return new References(Arrays.stream(indices).mapToObj(lines::get).toList());
    }
}
