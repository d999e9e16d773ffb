package nmt4j.decoding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import nmt4j.Failure;
import nmt4j.config.Config;
import nmt4j.model.LoadedModel;
import nmt4j.text.LineReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class TranslatorTest {
    private static final int V = 29;
    private static final TinyModel TINY = TinyModel.of(V, 19);
    private static final Config CONFIG = Config.parse("""
            {"data": {"train": [{"source": "a", "target": "b"}]}, "decoding": {"beamSize": 2, "maxLength": {"factor": 1, "extra": 3}}}
            """, "tiny");
    private static final Search BEAM = Search.beam(Settings.of(CONFIG.decoding()), 1);

    @AfterAll
    static void free() {
        TINY.close();
    }

    @Test
    void translationsComeInOrderWhateverTheThreadsAndBatches() throws IOException {
        var lines = lines(151, 13);
        var expected = new ArrayList<String>();
        try (var translator = translator(BEAM, 1, 1)) {
            for (var line : lines) expected.add(translator.translate(List.of(line)).getFirst().text());
        }
        long distinct = expected.stream().distinct().count();
        assertTrue(distinct > 20, () -> distinct + " different translations are too few to tell their order");
        for (int threads = 1; threads <= 3; threads++) {
            try (var translator = translator(BEAM, threads, 37 * threads)) {
                assertEquals(expected, translator.translate(lines).stream().map(Translation::text).toList());
                assertEquals(expected, stream(translator, String.join("\n", lines)));
            }
        }
    }

    @Test
    void eachLineIsAnsweredWhileTheInputIsStillOpen() throws Exception {
        var out = new PipedOutputStream();
        try (var translator = translator(BEAM, 2, 100); var in = new PipedInputStream(out)) {
            BlockingQueue<String> answers = new ArrayBlockingQueue<>(10);
            var session = Thread.ofPlatform().daemon().start(() -> {
                try {
                    translator.translate(Request.Source.of(LineReader.lenient(in, "pipe")), new Collector(answers));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            for (var line : List.of("a b c", "", "d", "e f")) {
                out.write((line + "\n").getBytes(UTF_8));
                out.flush();
                var expected = translator.translate(List.of(line)).getFirst().text();
                assertEquals(expected, answers.poll(1, TimeUnit.MINUTES));
            }
            out.close();
            session.join();
            assertTrue(answers.isEmpty());
        }
    }

    @Test
    void blankLinesAreEmptyLines() {
        try (var translator = translator(BEAM, 1, 100)) {
            for (var translation : translator.translate(List.of("", " ", "\t \u2028"))) {
                assertEquals("", translation.text());
                assertTrue(translation.failure().isEmpty());
            }
        }
    }

    @Test
    void aLongLineIsTranslatedInPiecesAndSaysSo() {
        try (var translator = translator(BEAM, 2, 100)) {
            var translation = translator.translate(List.of("a b c d ".repeat(50))).getFirst();
            assertTrue(translation.pieces() >= 200 / 17, "pieces: " + translation.pieces());
            assertEquals(translation.candidates().getFirst().tokens().size() + translation.pieces(),
                    translation.candidates().getFirst().logProbabilities().length);
        }
    }

    @Test
    void aPieceThatStandsTwiceInALineIsSearchedOnce() {
        var searched = new AtomicInteger();
        Search counting = (predictor, sentences) -> {
            searched.addAndGet(sentences.size());
            return BEAM.search(predictor, sentences);
        };
        try (var translator = translator(counting, 1, 100)) {
            var line = translator.translate(List.of("a b c d . ".repeat(64).strip())).getFirst();
            var piece = translator.translate(List.of("a b c d . a b c d .")).getFirst();
            assertEquals(32, line.pieces());
            assertEquals(String.join(" ", Collections.nCopies(32, piece.text())), line.text());
            assertEquals(1 + 1, searched.get());
        }
    }

    @Test
    void aLineThatFailsTakesNoOtherWithIt() throws IOException {
        Search moody = (predictor, sentences) -> {
            for (var sentence : sentences) if (sentence.tokens()[0] == 4) throw new IllegalStateException("an a");
            return BEAM.search(predictor, sentences);
        };
        try (var well = translator(BEAM, 2, 100); var translator = translator(moody, 2, 100)) {
            var lines = List.of("b a", "a b", "c", "a", "b b b");
            var translations = translator.translate(lines);
            for (int i = 0; i < lines.size(); i++) {
                boolean fails = lines.get(i).startsWith("a");
                assertEquals(fails, translations.get(i).failure().isPresent());
                assertEquals(fails ? "" : well.translate(lines).get(i).text(), translations.get(i).text());
            }
        }
    }

    @Test
    void aLineThatFailsAmongThoseUnderWayTakesNoOtherWithIt() {
        var moody = ((BeamSearch) BEAM).heardBy(sentence -> {
            if (sentence.tokens()[0] == 4) throw new IllegalStateException("an a");
            return BeamListener.NONE;
        });
        try (var translator = translator(moody, 1, 20)) {
            var lines = lines(60, 9);
            var expected = translator.searching(BEAM, Alignments.NONE).texts(lines);
            var translations = translator.translate(lines);
            for (int i = 0; i < lines.size(); i++) {
                boolean fails = lines.get(i).startsWith("a");
                assertEquals(fails, translations.get(i).failure().isPresent());
                assertEquals(fails ? "" : expected.get(i), translations.get(i).text());
            }
            assertTrue(lines.stream().anyMatch(line -> line.startsWith("a")));
        }
    }

    @Test
    void whatEndsTheInputComesAfterTheLinesBeforeIt() throws IOException {
        try (var translator = translator(BEAM, 2, 100)) {
            var in = new ByteArrayInputStream(new byte[] {'a', '\n', 'b', '\n', (byte) 0xFF, '\n', 'c'});
            var answers = new ArrayList<String>();
            var failure = assertThrows(Failure.class,
                    () -> translator.translate(Request.Source.of(LineReader.strict(in, "in")), new Collector(answers)));
            assertTrue(failure.getMessage().startsWith("in: line 3: "), failure.getMessage());
            assertEquals(2, answers.size());
        }
    }

    @Test
    void aReaderThatGoesAwayEndsAStreamWithoutAnEnd() {
        var endless = new InputStream() {
            @Override
            public int read() {
                return '\n';
            }
        };
        try (var translator = translator(BEAM, 1, 100)) {
            var gone =
                    assertThrows(IOException.class,
                            () -> translator.translate(Request.Source.of(LineReader.lenient(endless, "endless")),
                                    new Collector(new ArrayBlockingQueue<>(1000))));
            assertEquals("Broken pipe", gone.getMessage());
        }
    }

    /// A reader that waits at its bound parks; one that has none reads until the queues are full.
    @Test
    void whatIsReadAheadOfASlowReaderIsBoundedInCharacters() {
        var input = new LongBlankLines();
        var read = new ArrayList<Long>();
        Translator.Sink slow = new Translator.Sink() {
            @Override
            public void accept(Translation translation, boolean carriageReturn) throws IOException {
                while (input.reader == null || input.reader.getState() != Thread.State.WAITING) Thread.onSpinWait();
                read.add(input.bytes - translation.line() * LongBlankLines.LINE);
                if (translation.line() == 20) throw new IOException("enough");
            }

            @Override
            public void flush() {}
        };
        try (var translator = translator(BEAM, 1, 100)) {
            assertThrows(IOException.class,
                    () -> translator.translate(Request.Source.of(LineReader.lenient(input, "blanks")), slow));
        }
        for (long ahead : read) assertTrue(ahead < 6 << 20, () -> ahead + " bytes were read ahead");
    }

    /// Endless lines of 100,000 blanks.
    private static final class LongBlankLines extends InputStream {
        static final int LINE = 100_000;
        private volatile Thread reader;
        private volatile long bytes;

        @Override
        public int read() {
            reader = Thread.currentThread();
            return ++bytes % LINE == 0 ? '\n' : ' ';
        }
    }

    private static Translator translator(Search search, int threads, int batchTokens) {
        var codec = TinyModel.codec(V);
        var ensemble = Ensemble.of(new LoadedModel(CONFIG, codec, codec, TINY.model()));
        return new Translator(ensemble, search, new Translator.Options(threads, batchTokens, 17));
    }

    private static List<String> stream(Translator translator, String text) throws IOException {
        var answers = new ArrayList<String>();
        translator.translate(
                Request.Source.of(LineReader.lenient(new ByteArrayInputStream(text.getBytes(UTF_8)), "text")),
                new Collector(answers));
        return answers;
    }

    private static List<String> lines(int count, int longest) {
        var random = new Random(4);
        var lines = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            var line = new StringBuilder();
            for (int n = random.nextInt(longest); n > 0; n--)
                line.append((char) ('a' + random.nextInt(V - 4))).append(' ');
            lines.add(line.toString().strip());
        }
        lines.set(count - 1, "the last line is not empty");
        return lines;
    }

    /// Keeps what it is given, until it is full.
    private record Collector(java.util.Collection<String> answers) implements Translator.Sink {
        @Override
        public void accept(Translation translation, boolean carriageReturn) throws IOException {
            try {
                answers.add(translation.text());
            } catch (IllegalStateException e) {
                throw new IOException("Broken pipe", e);
            }
        }

        @Override
        public void flush() {}
    }
}
