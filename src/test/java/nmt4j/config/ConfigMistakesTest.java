package nmt4j.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import nmt4j.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigMistakesTest {
    private static final String DATA = "\"data\": {\"train\": [{\"source\": \"a\", \"target\": \"b\"}]}";

    @TempDir
    Path folder;

    private static String mistake(String json) {
        var failure = assertThrows(Failure.class, () -> Config.parse(json, "x.json"));
        assertEquals(Failure.Kind.MISTAKE, failure.kind());
        return failure.getMessage();
    }

    private String mistakeWith(String... settings) {
        return mistakeIn("{" + DATA + "}", settings);
    }

    private String mistakeIn(String json, String... settings) {
        var file = write("x.json", json);
        return assertThrows(Failure.class, () -> Config.load(file, List.of(settings))).getMessage();
    }

    private Config with(String... settings) {
        return Config.load(write("x.json", "{" + DATA + "}"), List.of(settings));
    }

    private Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void allMistakesAreReportedAtOnceInTheOrderOfTheFile() {
        assertEquals("""
                x.json: sed: unknown key; did you mean seed? [line 2]
                x.json: data.train[0].target: missing; expected a file's name in quotes [line 4]
                x.json: data.train[1].source: 3; expected a file's name in quotes [line 4]
                x.json: data.train[1].target: ""; expected a file's name in quotes [line 4]
                x.json: data.tokenizer.type: "bqe"; expected word, char, bpe or rawBpe; did you mean bpe? [line 5]
                x.json: data.vocabulary.shared: given twice [line 6]
                x.json: data.vocabulary.minFrequency: 0; expected a whole number of at least 1 [line 6]
                x.json: model.cell: not a key of type transformer, but of rnn [line 10]
                x.json: model.numHeads: 7 does not divide modelSize 512 (try 8, or modelSize 448) [line 9]
                x.json: model.dropout.embedding: 1.0; expected a number of at least 0 and below 1 [line 11]
                x.json: training.batch.size: 1.5; expected a whole number of at least 1 and at most 1000000 [line 13]
                """.lines().sorted().toList(), mistake("""
                {
                  "sed": 3,
                  "data": {
                    "train": [{"source": "x.de"}, {"source": 3, "target": ""}],
                    "tokenizer": {"type": "bqe", "merges": 8000},
                    "vocabulary": {"shared": false, "shared": true, "minFrequency": 0}
                  },
                  "model": {"type": "transformer", "modelSize": 512,
                    "numHeads": 7,
                    "cell": "lstm",
                    "dropout": {"embedding": 1.0}
                  },
                  "training": {"batch": {"size": 1.5}}
                }
                """).lines().sorted().toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            training.clipNorm=-1         | training.clipNorm: -1; expected a number above 0, or null
            training.schedule.peak=-0.1  | training.schedule.peak: -0.1; expected a number above 0
            training.schedule.peak=1e999 | training.schedule.peak: 1e999; expected a number above 0
            model.dropout.residual=1     | model.dropout.residual: 1; expected a number of at least 0 and below 1
            model.modelSize=0            | model.modelSize: 0; expected a whole number of at least 1 and at most 65536
            model.numHeads=99999999999   | model.numHeads: 99999999999; expected a whole number of at least 1
            model.numHeads=1e1           | model.numHeads: 1e1; expected a whole number of at least 1
            data.lowercase=yes           | data.lowercase: "yes"; expected true or false
            data.train={}                | data.train: an object; expected a list in [ ]
            data.train=[]                | data.train: empty; expected one corpus at least
            training.maxEpochs=null x    | training.maxEpochs: "null x"; expected a whole number of at least 1, or null
            training.freeze=[1]          | training.freeze[0]: 1; expected a text in quotes
            training.optimizer=adam      | training.optimizer: "adam"; expected an object with a type: adam, adamW or sgd
            training.optimizer.type=Adam | training.optimizer.type: "Adam"; expected adam, adamW or sgd; did you mean adam?
            training.optimizer.momentum=0| training.optimizer.momentum: not a key of type adam, but of sgd
            training.validation.metric=blue | training.validation.metric: "blue"; expected bleu, loss or perplexity
            training.maxEpoch=3          | training.maxEpoch: unknown key; did you mean maxEpochs?
            training.MAXEPOCHS=3         | training.MAXEPOCHS: unknown key; did you mean maxEpochs?
            training.beamSize=3          | training.beamSize: unknown key; did you mean decoding.beamSize?
            trainig.maxEpochs=3          | trainig: unknown key; did you mean training?
            model.dropout.layer=0.1      | model.dropout.layer: unknown key; expected embedding, residual, attention or feedForward
            data.zzz=3 | data.zzz: unknown key; expected train, validation, maxLength, lowercase, tokenizer or vocabulary
            data.train[0].sorce=x        | data.train[0].sorce: unknown key; did you mean source?
            data.train[2].source=x       | data.train[2].source: the list has only 1 so far
            data[0]=x                    | data[0]: there is nothing to set inside of an object
            data.train[0].source.x=1     | data.train[0].source.x: there is nothing to set inside of "a"
            seed                         | "seed"; expected path=value, such as training.maxEpochs=3
            a..b=1                       | "a..b=1"; expected path=value, such as training.maxEpochs=3
            model.maxPositions=300       | model.maxPositions: only for positions learned
            data.tokenizer={"codes": "c", "merges": 3} | data.tokenizer.merges: cannot stand beside codes
            model.numHeads=3 | model.numHeads: 3 does not divide modelSize 256 (try 4, or modelSize 192)
            model.modelSize=250 | model.numHeads: 4 does not divide modelSize 250 (try 5, or modelSize 256)
            model.numHeads=999 | model.numHeads: 999 does not divide modelSize 256 (try 256)
            data.vocabulary.source=v | data.vocabulary.source: stands without target: give both files, or none
            training.truncatedBackpropagation=5 \
            | training.truncatedBackpropagation: only for model.type rnn: no other model has a recurrence to cut
            data.vocabulary.shared=false | model.tiedEmbeddings: all needs one vocabulary for both sides, \
            but data.vocabulary has two (try output, or one vocabulary)
            training.schedule.type=plateau \
            | training.schedule.type: plateau follows validations, and data.validation is null
            model={"type": "convolutional", "maxPositions": 100} \
            | model.maxPositions: 100 positions do not hold data.maxLength 100 and the end of sentence
            model={"type": "convolutional", "kernelSize": 4} \
            | model.kernelSize: 4 is even, so that no position is its middle (try 5)
            """)
    void aMistakeOnTheCommandLineIsNamed(String setting, String message) {
        assertEquals("--set: " + message, mistakeWith(setting));
    }

    @Test
    void aRuleIsNotAskedAboutAWrongValue() {
        assertEquals(
                "x.json: model.modelSize: \"big\"; expected a whole number of at least 1 and at most 65536 [line 1]",
                mistake("{" + DATA + ", \"model\": {\"modelSize\": \"big\", \"numHeads\": 7}}"));
    }

    @Test
    void settingsTakeThePlaceOfWhatTheFileSays() {
        var config = with("training.maxEpochs=3", "data.train[0].source=my file.de",
                "data.train[1]={\"source\": \"c\", "
                        + "\"target\": \"d\"}",
                "data.validation.source=v", "data.validation.target=w", "seed=9",
                "training.freeze=[\"encoder.*\"]", "training.clipNorm=null");
        assertEquals(3, config.training().maxEpochs().orElseThrow());
        assertEquals(List.of(new CorpusConfig(Path.of("my file.de"), Path.of("b")),
                new CorpusConfig(Path.of("c"), Path.of("d"))), config.data().train());
        assertEquals(new CorpusConfig(Path.of("v"), Path.of("w")), config.data().validation().orElseThrow());
        assertEquals(List.of("encoder.*"), config.training().freeze());
        assertTrue(config.training().clipNorm().isEmpty());
        assertEquals(9, config.seed());
    }

    @Test
    void aTypeSetAnewForgetsTheKeysOfTheOldOneWhateverTheOrder() {
        var json = "{" + DATA + ", \"model\": {\"type\": \"transformer\", \"numHeads\": 8, \"modelSize\": 512}}";
        var file = write("x.json", json);
        var config = Config.load(file, List.of("model.modelSize=300", "model.type=rnn"));
        var fresh = Config.load(file, List.of("model={\"type\": \"rnn\", \"modelSize\": 300}"));
        assertEquals(fresh.model(), config.model());
        assertEquals(Config.load(file, List.of()), Config.load(file, List.of("model.type=transformer")));
    }

    @Test
    void settingsThatCannotBeReadDoNotHideOtherMistakes() {
        assertEquals("--set: \"foo\"; expected path=value, such as training.maxEpochs=3\n"
                + "--set: model.numHeads: 7 does not divide modelSize 256 (try 8, or modelSize 224)",
                mistakeWith("foo", "model.numHeads=7"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {"a": }     | x.json: line 1, column 7: not JSON: Unexpected character ('}' (code 125)): expected a value
            [1, 2]      | x.json: expected an object in { }
            {} {}       | x.json: line 1, column 4: not JSON: text after the end of the value
            {"seed": 01}| x.json: line 1, column 11: not JSON: Invalid numeric value: Leading zeroes not allowed
            {"data": {  | x.json: line 1, column 11: not JSON: Unexpected end-of-input: expected close marker for Object (start marker at line 1, column 10)
            """)
    void anErrorOfSyntaxIsPlaced(String json, String message) {
        assertEquals(message, mistake(json));
    }

    @Test
    void anEmptyFileIsNoJson() {
        assertEquals("x.json: line 1, column 1: not JSON: empty", mistake(""));
    }

    @Test
    void hostileFilesAreRefusedInOneLine() throws IOException {
        assertEquals("x.json: deeper than 32 levels, or a number or name too long", mistake("[".repeat(500_000)));
        var long_ = mistake("{" + DATA + ", \"" + "x".repeat(40_000) + "\": 1, \"\\u001b[31m\": 2}");
        assertTrue(long_.length() < 400 && !long_.contains("\u001b"), long_);
        var large = Files.write(folder.resolve("large.json"), new byte[2_000_000]);
        assertEquals(large + ": over 1 MB; a config is a small JSON file",
                assertThrows(Failure.class, () -> Config.load(large, List.of())).getMessage());
        var latin = Files.write(folder.resolve("latin.json"), "{\"ä\": 1}".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(latin + ": not UTF-8 text; a config is a JSON file",
                assertThrows(Failure.class, () -> Config.load(latin, List.of())).getMessage());
    }

    @Test
    void countlessMistakesAreCounted() {
        var json = new StringBuilder("{" + DATA);
        for (int i = 0; i < 50_000; i++)
            json.append(",\n\"key").append(i).append("\": 1");
        var lines = mistake(json + "}").lines().toList();
        assertEquals(51, lines.size());
        assertEquals("x.json: and 49950 more", lines.getLast());
    }

    @Test
    void missingFilesAreNamed() {
        assertEquals(folder + ": is a folder; expected a config, a JSON file",
                assertThrows(Failure.class, () -> Config.load(folder, List.of())).getMessage());
        var absent = folder.resolve("absent.json");
        assertEquals(absent + ": no such file",
                assertThrows(Failure.class, () -> Config.load(absent, List.of())).getMessage());
    }

    @Test
    void aCorpusMustBeThereOnlyForTraining() {
        var source = write("a.de", "ein Satz\n");
        var file = write("x.json",
                "{\"data\": {\"train\": [{\"source\": \"" + source + "\",\n\"target\": \"/no/such.en\"}]},\n"
                        + "\"sed\": 1}");
        assertEquals(file + ": sed: unknown key; did you mean seed? [line 3]",
                assertThrows(Failure.class, () -> Config.load(file, List.of())).getMessage());
        assertEquals(file + ": data.train[0].target: \"/no/such.en\": no such file [line 2]\n"
                + file + ": sed: unknown key; did you mean seed? [line 3]",
                assertThrows(Failure.class, () -> Config.loadForTraining(file, List.of())).getMessage());
    }
}
