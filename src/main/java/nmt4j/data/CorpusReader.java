package nmt4j.data;

import java.util.Locale;
import java.util.stream.Collectors;
import nmt4j.Failure;
import nmt4j.config.CorpusConfig;
import nmt4j.config.DataConfig;
import nmt4j.text.TextCodec;
import nmt4j.text.Vocabulary;

/// Reads the training files once, front to back, into a cache.
final class CorpusReader {
    /// Characters of a line beyond which it is too long, however many subwords it has: nothing is learnt of it.
    static final int LONGEST_LINE = 1 << 20;

    /// One pair in this many is segmented with dropout too, to learn how much longer that makes it.
    private static final int SAMPLE = 16;

    private final DataConfig data;
    private final TextCodec source;
    private final TextCodec target;
    private final Cache cache;
    private final int maxLength;
    private final PairFormat format;
    private final PairIndex index = new PairIndex();
    private final Growth.Sample sample = new Growth.Sample();
    private final SideCount sourceCount = new SideCount();
    private final SideCount targetCount = new SideCount();
    private long read;
    private long empty;
    private long tooLong;
    private long carriageReturns;

    CorpusReader(DataConfig data, TextCodec source, TextCodec target, Cache cache) {
        this.data = data;
        this.source = source;
        this.target = target;
        this.cache = cache;
        this.maxLength = Math.min(data.maxLength(), PairIndex.MAX_LENGTH);
        double dropout = data.tokenizer().dropout();
        this.format = dropout == 0 ? new PairFormat.Ids() : new PairFormat.Text(source, target, dropout, maxLength);
    }

    Corpus read() {
        for (var files : data.train()) read(files);
        cache.seal();
        if (index.size() == 0) throw nothingLeft();
        return new Corpus(cache, index, format, growth(), statistics());
    }

    private void read(CorpusConfig files) {
        try (var pairs = new PairReader(files)) {
            while (pairs.advance()) add(pairs.source(), pairs.target());
            carriageReturns += pairs.carriageReturns();
        }
    }

    private void add(String sourceLine, String targetLine) {
        read++;
        if (Math.max(sourceLine.length(), targetLine.length()) > LONGEST_LINE) {
            tooLong++;
            return;
        }
        var pair = new Pair(source.encode(sourceLine), target.encode(targetLine));
        if (pair.source().length == 0 || pair.target().length == 0 || sourceLine.isBlank() || targetLine.isBlank())
            empty++;
        else if (pair.source().length > maxLength || pair.target().length > maxLength) tooLong++;
        else keep(sourceLine, targetLine, pair);
    }

    private void keep(String sourceLine, String targetLine, Pair pair) {
        sourceCount.add(pair.source());
        targetCount.add(pair.target());
        var record = format.write(sourceLine, targetLine, pair);
        if (index.size() % SAMPLE == 0) sample.add(pair, format.read(record, index.size()));
        index.add(cache.size(), pair.source().length, pair.target().length);
        cache.append(record);
    }

    private Growth growth() {
        return switch (format) {
            case PairFormat.Ids _ -> Growth.NONE;
            case PairFormat.Text _ -> sample.growth(maxLength);
        };
    }

    private CorpusStatistics statistics() {
        return new CorpusStatistics(read, index.size(), empty, tooLong, carriageReturns, sourceCount.side(),
                targetCount.side());
    }

    private Failure nothingLeft() {
        var names = data.train().stream().map(files -> files.source() + ", " + files.target())
                .collect(Collectors.joining(", "));
        return Failure.mistake(
                String.format(Locale.ROOT, "%s: no pair of sentences to train on: %,d read, %,d with an empty side,"
                        + " %,d longer than data.maxLength %d", names, read, empty, tooLong, maxLength));
    }

    /// What is counted of one side.
    private static final class SideCount {
        private long tokens;
        private long unknown;
        private int longest;

        void add(int[] ids) {
            tokens += ids.length;
            longest = Math.max(longest, ids.length);
            for (int id : ids) unknown += id == Vocabulary.UNKNOWN ? 1 : 0;
        }

        CorpusStatistics.Side side() {
            return new CorpusStatistics.Side(tokens, unknown, longest);
        }
    }
}
