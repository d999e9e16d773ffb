package nmt4j.diagnostics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import nmt4j.Failure;
import nmt4j.model.LoadedModel;
import nmt4j.model.Side;
import nmt4j.text.Vocabulary;

/// The word vectors of one side of a model.
///
/// @param words    without the special ones
/// @param vectors  of each, all of one size
public record WordVectors(List<String> words, List<float[]> vectors) {
    private static final int ITERATIONS = 60;

    /// @param similarity  cosine
    public record Neighbour(String word, double similarity) {}

    /// A place on a map.
    public record Place(String word, double x, double y) {}

    public static WordVectors of(LoadedModel model, Side side) {
        var table = model.model().wordVectors(side).value();
        var codec = side == Side.SOURCE ? model.source() : model.target();
        int first = Vocabulary.SPECIALS.size();
        return new WordVectors(codec.vocabulary().tokens().subList(first, table.rows()),
                IntStream.range(first, table.rows()).mapToObj(id -> table.rows(id, id + 1).toArray()).toList());
    }

    /// The words whose vectors have the smallest angle to a word's, nearest first.
    ///
    /// @throws Failure  if the word is not there
    public List<Neighbour> nearest(String word, int count) {
        int of = words.indexOf(word);
        if (of < 0)
            throw Failure.mistake(word + ": not in the vocabulary of " + words.size() + " (subwords that do not end a"
                    + " word end in @@; \"nmt tokenize\" shows them)");
        var v = vectors.get(of);
        return IntStream.range(0, words.size()).filter(i -> i != of)
                .mapToObj(i -> new Neighbour(words.get(i), cosine(v, vectors.get(i))))
                .sorted(Comparator.comparingDouble(Neighbour::similarity).reversed()).limit(count).toList();
    }

    static double cosine(float[] a, float[] b) {
        double dot = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            dot += (double) a[i] * b[i];
            aa += (double) a[i] * a[i];
            bb += (double) b[i] * b[i];
        }
        return aa == 0 || bb == 0 ? 0 : dot / Math.sqrt(aa * bb);
    }

    /// word2vec's text format: number and size, then a line a word.
    public void write(Writer out) {
        try {
            out.write(words.size() + " " + (vectors.isEmpty() ? 0 : vectors.getFirst().length) + "\n");
            for (int i = 0; i < words.size(); i++) {
                out.write(words.get(i));
                for (float x : vectors.get(i)) out.write(" " + x);
                out.write('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The first words in the plane in which they are furthest apart: their two principal components (Pearson 1901), by
    /// power iteration.
    public List<Place> map(int count) {
        int n = Math.min(count, words.size());
        var x = centred(n);
        var first = component(x);
        var along = projections(x, first);
        for (int i = 0; i < n; i++) for (int j = 0; j < first.length; j++) x[i][j] -= along[i] * first[j];
        var across = projections(x, component(x));
        return IntStream.range(0, n).mapToObj(i -> new Place(words.get(i), along[i], across[i])).toList();
    }

    private double[][] centred(int n) {
        int size = vectors.getFirst().length;
        var mean = new double[size];
        for (int i = 0; i < n; i++) for (int j = 0; j < size; j++) mean[j] += vectors.get(i)[j] / n;
        var x = new double[n][size];
        for (int i = 0; i < n; i++) for (int j = 0; j < size; j++) x[i][j] = vectors.get(i)[j] - mean[j];
        return x;
    }

    /// The direction of length 1 in which the rows differ most.
    private static double[] component(double[][] x) {
        var v = new double[x[0].length];
        for (int j = 0; j < v.length; j++) v[j] = 1 + j % 7; // any start that is not orthogonal to it
        for (int k = 0; k < ITERATIONS; k++) {
            var p = projections(x, v);
            var next = new double[v.length];
            for (int i = 0; i < x.length; i++) for (int j = 0; j < v.length; j++) next[j] += p[i] * x[i][j];
            double norm = 0;
            for (double y : next) norm += y * y;
            if (norm == 0) return new double[v.length];
            for (int j = 0; j < v.length; j++) v[j] = next[j] / Math.sqrt(norm);
        }
        return v;
    }

    private static double[] projections(double[][] x, double[] v) {
        var p = new double[x.length];
        for (int i = 0; i < x.length; i++) for (int j = 0; j < v.length; j++) p[i] += x[i][j] * v[j];
        return p;
    }
}
