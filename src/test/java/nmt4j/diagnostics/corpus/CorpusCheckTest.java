package nmt4j.diagnostics.corpus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import nmt4j.config.CorpusConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusCheckTest {
    private static final Path DATA = Path.of("data/quickstart");
    private static final CorpusConfig VALIDATION = new CorpusConfig(DATA.resolve("valid.de"), DATA.resolve("valid.en"));
    private static final List<String> FOREIGN = List.of(
            "Le petit chat noir dort tranquillement près de la cheminée .",
            "Nous avons mangé des pommes de terre hier soir chez mes grands-parents .",
            "La biblioteca chiude alle sei e mezzo di sera .",
            "Gli studenti hanno dimenticato i loro quaderni a casa .",
            "Mañana por la mañana vamos a visitar el museo de historia .",
            "El perro de mi vecino ladra toda la noche .",
            "Wczoraj poszliśmy do lasu i znaleźliśmy dużo grzybów .",
            "Dzieci bawią się na podwórku przed szkołą .",
            "Kedi pencerenin önünde oturmuş kuşlara bakıyor .",
            "Yarın akşam arkadaşlarımla sinemaya gideceğiz .",
            "Tänään on kaunis päivä ja aurinko paistaa kirkkaasti .",
            "A vonat pontosan nyolc órakor indul a pályaudvarról .");
    private static final int PAIRS = 8000;
    private static final int EACH = 20;

    @TempDir
    private Path folder;

    private final Map<Defect, TreeSet<Integer>> planted = new EnumMap<>(Defect.class);
    private final List<byte[]> source = new ArrayList<>();
    private final List<byte[]> target = new ArrayList<>();

    @Test
    void everyPlantedDefectIsFoundInItsLine() throws IOException {
        plantAll();
        var found = found(write());
        planted.forEach((defect, lines) -> {
            var missed = new TreeSet<>(lines);
            missed.removeAll(found.get(defect));
            assertEquals(new TreeSet<>(), missed, defect + " missed");
        });
    }

    @Test
    void lessThanOneInAHundredOtherPairsIsBlamed() throws IOException {
        plantAll();
        var blamed = new TreeSet<Integer>();
        found(write()).values().forEach(blamed::addAll);
        planted.values().forEach(blamed::removeAll);
        assertTrue(blamed.size() < PAIRS / 100, blamed.size() + " pairs: " + blamed);
    }

    /// A line as long as all others together.
    @Test
    void aMonsterDoesNotSayWhatIsUsual() throws IOException {
        read();
        var random = new SplittableRandom(6);
        var letters = new StringBuilder();
        for (int i = 0; i < 1_000_000; i++) letters.append((char) ('a' + random.nextInt(26)));
        put(17, letters.toString(), letters.reverse().toString());
        var files = write();
        var findings = CorpusCheck.of(List.of(files), List.of(), Long.MAX_VALUE)
                .train(List.of(files), CorpusCheck.Reader.NONE).getFirst();
        assertTrue(findings.count(Defect.LONG) >= 1);
        assertTrue(findings.count(Defect.FOREIGN) < PAIRS / 100, findings.count(Defect.FOREIGN) + " foreign");
    }

    @Test
    void aCleanCorpusHasTheGoodPairsAndTheReasonsOfTheOthers() throws IOException {
        plantAll();
        var files = write();
        var check = CorpusCheck.of(List.of(files), List.of(VALIDATION.source()), Long.MAX_VALUE);
        CorpusFindings findings;
        try (var clean = new CleanCorpus(folder.resolve("clean"), List.of(files))) {
            findings = check.train(List.of(files), clean).getFirst();
            clean.finish();
        }
        long kept = findings.pairs() - findings.dropped();
        assertEquals(kept, Files.readAllLines(folder.resolve("clean.de")).size());
        assertEquals(kept, Files.readAllLines(folder.resolve("clean.en")).size());
        assertEquals(findings.dropped(), Files.readAllLines(folder.resolve("clean.dropped.tsv")).size());
        var again = new CorpusConfig(folder.resolve("clean.de"), folder.resolve("clean.en"));
        var left = CorpusCheck.of(List.of(again), List.of(VALIDATION.source()), Long.MAX_VALUE)
                .train(List.of(again), CorpusCheck.Reader.NONE).getFirst();
        assertTrue(left.dropped() < kept / 200, left.dropped() + " dropped on a second pass");
    }

    @Test
    void aFileThatLostLinesIsNamedWithThePlace() throws IOException {
        var files = write();
        var lines = Files.readAllLines(files.target());
        lines.remove(4999);
        Files.write(files.target(), lines);
        var findings = CorpusCheck.of(List.of(files), List.of(), Long.MAX_VALUE)
                .train(List.of(files), CorpusCheck.Reader.NONE).getFirst();
        var unequal = findings.unequal().orElseThrow();
        assertTrue(findings.isRefused());
        assertEquals(List.of((long) PAIRS, PAIRS - 1L), List.of(unequal.sourceLines(), unequal.targetLines()));
        assertTrue(unequal.shift().isPresent() && Math.abs(unequal.shift().getAsLong() - 5000) <= 3,
                unequal.shift().toString());
    }

    @Test
    void byteOrderMarksAndCarriageReturnsAreCountedAndKeepAPair() throws IOException {
        var file = folder.resolve("a.de");
        Files.writeString(file, "\uFEFFein Hund .\r\nzwei Hunde .\n");
        var other = folder.resolve("a.en");
        Files.writeString(other, "a dog .\ntwo dogs .\n");
        var files = new CorpusConfig(file, other);
        var findings = CorpusCheck.of(List.of(files), List.of(), Long.MAX_VALUE)
                .train(List.of(files), CorpusCheck.Reader.NONE).getFirst();
        assertEquals(1, findings.count(Defect.BYTE_ORDER_MARK));
        assertEquals(1, findings.count(Defect.CARRIAGE_RETURN));
        assertEquals(0, findings.dropped());
    }

    @Test
    void charactersAreToldApart() {
        assertEquals(List.of(), Defect.in(Characters.defects("„Ich vergaß“, sagte er – 3,50 €… naïve Ω? ÄÖÜ µm")));
        assertEquals(List.of(Defect.MOJIBAKE), Defect.in(Characters.defects("fÃ¼r")));
        assertEquals(List.of(Defect.MOJIBAKE), Defect.in(Characters.defects("itâ€™s")));
        assertEquals(List.of(Defect.CONTROL), Defect.in(Characters.defects("a\u0007b")));
        assertEquals(List.of(Defect.CONTROL), Defect.in(Characters.defects("a\u0085b")));
        assertEquals(List.of(Defect.INVISIBLE), Defect.in(Characters.defects("a\u200Bb")));
        assertEquals(List.of(), Defect.in(Characters.defects("👩\u200D👧 می\u200Cخواهم")));
        assertEquals(List.of(Defect.PRIVATE_USE), Defect.in(Characters.defects("a\uE000")));
        assertEquals(List.of(Defect.NOT_NFC), Defect.in(Characters.defects("u\u0308ber")));
        assertEquals(List.of(Defect.MIXED_SCRIPTS), Defect.in(Characters.defects("Mоscow")));
    }

    private Map<Defect, TreeSet<Integer>> found(CorpusConfig files) {
        var found = new EnumMap<Defect, TreeSet<Integer>>(Defect.class);
        for (var defect : Defect.values()) found.put(defect, new TreeSet<>());
        int[] line = {0};
        CorpusCheck.of(List.of(files), List.of(VALIDATION.source()), Long.MAX_VALUE).train(List.of(files),
                (_, _, defects) -> {
                    line[0]++;
                    for (var defect : defects) found.get(defect).add(line[0]);
                });
        return found;
    }

    private CorpusConfig write() throws IOException {
        if (source.isEmpty()) read();
        var files = new CorpusConfig(folder.resolve("spoiled.de"), folder.resolve("spoiled.en"));
        Files.write(files.source(), joined(source));
        Files.write(files.target(), joined(target));
        return files;
    }

    private static byte[] joined(List<byte[]> lines) {
        var bytes = new ByteArrayOutputStream();
        for (var line : lines) {
            bytes.writeBytes(line);
            bytes.write('\n');
        }
        return bytes.toByteArray();
    }

    private void read() throws IOException {
        try (var lines = Files.lines(DATA.resolve("train.de"))) {
            lines.limit(PAIRS).forEach(line -> source.add(line.getBytes(UTF_8)));
        }
        try (var lines = Files.lines(DATA.resolve("train.en"))) {
            lines.limit(PAIRS).forEach(line -> target.add(line.getBytes(UTF_8)));
        }
    }

    /// Each defect in lines of its own.
    private void plantAll() throws IOException {
        read();
        var lines = longLines();
        var heldOut = Files.readAllLines(VALIDATION.source());
        plant(Defect.INVALID_UTF8, lines, (i, de, en) -> put(i, "Größe ".getBytes(ISO_8859_1), en.getBytes(UTF_8)));
        plant(Defect.CARRIAGE_RETURN, lines, (i, de, en) -> put(i, de + "\r", en));
        plant(Defect.REPLACEMENT_CHARACTER, lines, (i, de, en) -> put(i, de, en.replaceFirst("e", "\uFFFD")));
        plant(Defect.MOJIBAKE, lines, (i, de, en) -> put(i, "fÃ¼r " + de, en));
        plant(Defect.CONTROL, lines, (i, de, en) -> put(i, de, "\u0001" + en));
        plant(Defect.INVISIBLE, lines, (i, de, en) -> put(i, de.replaceFirst("e", "e\u00AD"), en));
        plant(Defect.PRIVATE_USE, lines, (i, de, en) -> put(i, de + " \uF0B7", en));
        plant(Defect.NOT_NFC, lines, (i, de, en) -> put(i, Normalizer.normalize("Übungen " + de, Normalizer.Form.NFD),
                en));
        plant(Defect.MIXED_SCRIPTS, lines, (i, de, en) -> put(i, de, en.replaceFirst("e", "е")));
        plant(Defect.EMPTY, lines, (i, de, en) -> put(i, i % 2 == 0 ? " " : de, i % 2 == 0 ? en : ""));
        plant(Defect.IDENTICAL, lines, (i, de, en) -> put(i, de, de));
        plant(Defect.RATIO, lines, (i, de, en) -> put(i, de, en.substring(0, 5)));
        plant(Defect.LONG, lines, (i, de, en) -> put(i, (de + " ").repeat(40).strip(), (en + " ").repeat(40).strip()));
        plant(Defect.FOREIGN, lines, (i, de, en) -> put(i, de, FOREIGN.get(i % FOREIGN.size())));
        plant(Defect.SWAPPED, lines, (i, de, en) -> put(i, en, de));
        plant(Defect.HELD_OUT, lines, (i, de, en) -> put(i, heldOut.get(i % 500), en));
        plant(Defect.DUPLICATE, lines, (i, de, en) -> put(i, source.get(0), target.get(0)));
        plant(Defect.NEAR_DUPLICATE, lines, (i, de, en) -> put(i, new String(source.get(1), UTF_8).replace(" .", "!"),
                new String(target.get(1), UTF_8).toUpperCase()));
    }

    private interface Spoiling {
        void spoil(int pair, String de, String en);
    }

    private void plant(Defect defect, List<Integer> lines, Spoiling spoiling) {
        for (int k = 0; k < EACH; k++) {
            int pair = lines.removeLast();
            spoiling.spoil(pair, new String(source.get(pair), UTF_8), new String(target.get(pair), UTF_8));
            planted.computeIfAbsent(defect, _ -> new TreeSet<>()).add(pair + 1);
        }
    }

    private void put(int pair, String de, String en) {
        put(pair, de.getBytes(UTF_8), en.getBytes(UTF_8));
    }

    private void put(int pair, byte[] de, byte[] en) {
        source.set(pair, de);
        target.set(pair, en);
    }

    /// Pairs of some length, in random order, but the first two of the file.
    private List<Integer> longLines() {
        var lines = new ArrayList<Integer>();
        for (int i = 2; i < PAIRS; i++) if (source.get(i).length > 45 && target.get(i).length > 45) lines.add(i);
        var random = new SplittableRandom(4);
        for (int i = lines.size() - 1; i > 0; i--) Collections.swap(lines, i, random.nextInt(i + 1));
        return lines;
    }
}
