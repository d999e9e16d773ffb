package nmt4j.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import nmt4j.text.TextCodec;

/// What the cache holds of a pair.
sealed interface PairFormat {
    /// The bytes of a pair, given as text and as ids.
    byte[] write(String source, String target, Pair ids);

    /// The pair in these bytes as an epoch sees it: a function of the bytes and `key`.
    Pair read(byte[] record, long key);

    /// The pair in these bytes in its shortest segmentation.
    Pair plain(byte[] record);

    /// The ids themselves: each epoch sees the same. Number of source ids, then all ids, each in 7 bits a byte.
    record Ids() implements PairFormat {
        @Override
        public byte[] write(String source, String target, Pair ids) {
            var out = new VarInts(ids.source().length + ids.target().length);
            out.put(ids.source().length);
            for (int id : ids.source()) out.put(id);
            for (int id : ids.target()) out.put(id);
            return out.toBytes();
        }

        @Override
        public Pair read(byte[] record, long key) {
            return plain(record);
        }

        @Override
        public Pair plain(byte[] record) {
            var ids = VarInts.decode(record);
            return new Pair(Arrays.copyOfRange(ids, 1, ids[0] + 1), Arrays.copyOfRange(ids, ids[0] + 1, ids.length));
        }
    }

    /// The text, for BPE-dropout: each epoch sees another segmentation. Source, LF, target, in UTF-8.
    ///
    /// @param maxLength  a segmentation with more subwords gives way to the plain one
    record Text(TextCodec source, TextCodec target, double dropout, int maxLength) implements PairFormat {
        @Override
        public byte[] write(String source, String target, Pair ids) {
            return (source + '\n' + target).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Pair read(byte[] record, long key) {
            var lines = new String(record, StandardCharsets.UTF_8);
            int end = lines.indexOf('\n');
            return new Pair(encode(source, lines.substring(0, end), SplitMix.mix(key, 0)),
                    encode(target, lines.substring(end + 1), SplitMix.mix(key, 1)));
        }

        private int[] encode(TextCodec codec, String line, long key) {
            var ids = codec.encode(line, dropout, key);
            return ids.length > maxLength ? codec.encode(line) : ids;
        }

        @Override
        public Pair plain(byte[] record) {
            var lines = new String(record, StandardCharsets.UTF_8);
            int end = lines.indexOf('\n');
            return new Pair(source.encode(lines.substring(0, end)), target.encode(lines.substring(end + 1)));
        }
    }
}
