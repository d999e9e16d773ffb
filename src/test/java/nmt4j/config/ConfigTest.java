package nmt4j.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import nmt4j.SharedFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTest {
    private static final String SMALLEST = """
            {"data": {"train": [{"source": "train.de", "target": "train.en"}]%s}%s}""";

    static Config smallest() {
        return with("", "");
    }

    static Config with(String data, String rest) {
        return Config.parse(SMALLEST.formatted(data, rest), "test.json");
    }

    static Stream<Path> everyShippedConfig() throws IOException {
        try (var files = Files.walk(Path.of("configs"))) {
            return files.filter(f -> f.toString().endsWith(".json")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("everyShippedConfig")
    void whatAShippedConfigResolvesToReadsBackAsTheSame(Path file) {
        var config = Config.load(file, List.of());
        var json = config.toJson();
        assertEquals(config, Config.parse(json, "resolved"));
        assertEquals(json, Config.parse(json, "resolved").toJson());
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "{\"type\": \"transformer\", \"positions\": \"learned\", \"normalization\": \"post\"}",
            "{\"type\": \"rnn\", \"cell\": \"elman\", \"activation\": \"relu\", \"recurrentInitialization\": \"identity\"}",
            "{\"type\": \"rnn\", \"context\": {\"type\": \"luong\", \"score\": \"concat\"}, \"readout\": \"maxout\"}",
            "{\"type\": \"rnn\", \"cell\": \"gru\", \"context\": {\"type\": \"fixed\"}}",
            "{\"type\": \"convolutional\", \"kernelSize\": 5, \"tiedEmbeddings\": \"all\"}"
    })
    void everyFamilyReadsBackAsTheSame(String model) {
        var config = with("", ", \"model\": " + model);
        assertEquals(config, Config.parse(config.toJson(), "resolved"));
    }

    @Test
    void theResolvedConfigHasEveryDefaultInTheOrderOfTheRecords() {
        assertEquals("""
                {
                  "seed": 1,
                  "data": {
                    "train": [{"source": "train.de", "target": "train.en"}],
                    "validation": null,
                    "maxLength": 100,
                    "lowercase": false,
                    "tokenizer": {"type": "bpe", "merges": 8000, "codes": null, "dropout": 0},
                    "vocabulary": {"shared": true, "minFrequency": 1, "maxSize": null, "source": null, "target": null}
                  },
                  "model": {
                    "type": "transformer",
                    "modelSize": 256,
                    "feedForwardSize": 1024,
                    "numHeads": 4,
                    "encoderLayers": 3,
                    "decoderLayers": 3,
                    "normalization": "pre",
                    "positions": "sinusoidal",
                    "activation": "relu",
                    "tiedEmbeddings": "all",
                    "sourceEmbeddings": null,
                    "targetEmbeddings": null,
                    "dropout": {"embedding": 0.1, "residual": 0.1, "attention": 0.1, "feedForward": 0.1}
                  },
                  "training": {
                    "precision": "float32",
                    "batch": {"unit": "tokens", "size": 4096, "maxiBatch": 1},
                    "accumulation": 1,
                    "loss": {"labelSmoothing": 0.1, "normalization": "tokens"},
                    "optimizer": {"type": "adam", "beta1": 0.9, "beta2": 0.98, "epsilon": 1e-9},
                    "schedule": {"type": "inverseSquareRoot", "peak": 0.001, "warmup": 800},
                    "clipNorm": 1,
                    "clipValue": null,
                    "truncatedBackpropagation": null,
                    "maxEpochs": 10,
                    "maxUpdates": null,
                    "maxMinutes": null,
                    "validation": {"everyUpdates": 500, "metric": "bleu", "patience": 5, "samples": 3},
                    "keepBest": 1,
                    "keepLast": 1,
                    "exponentialMovingAverage": null,
                    "initialModel": null,
                    "freeze": []
                  },
                  "decoding": {
                    "beamSize": 5,
                    "lengthPenalty": {"type": "gnmt", "alpha": 0.6},
                    "maxLength": {"factor": 2, "extra": 20}
                  }
                }
                """, smallest().toJson());
    }

    @Test
    void theReferenceExampleIsReadAndSaysWhatTheDefaultsSay() {
        var example = Config.load(SharedFiles.require("example-config.json"), List.of());
        var defaults = smallest();
        assertEquals(defaults.model(), example.model());
        assertEquals(defaults.training(), example.training());
        assertEquals(defaults.decoding(), example.decoding());
        assertEquals(defaults.data().tokenizer(), example.data().tokenizer());
    }

    @Test
    void aKeyMayStandAmongComments() {
        var config = Config.parse("""
                // A comment.
                {"data": {"train": [{"source": "a", "target": "b"}]}, // another
                 "seed": 7 /* and one more */}
                """, "test.json");
        assertEquals(7, config.seed());
    }

    @Test
    void codesTakeThePlaceOfMerges() {
        var tokenizer = with(", \"tokenizer\": {\"type\": \"bpe\", \"codes\": \"my.codes\"}", "").data().tokenizer();
        var bpe = assertInstanceOf(TokenizerConfig.Bpe.class, tokenizer);
        assertEquals(OptionalInt.empty(), bpe.merges());
        assertEquals(Path.of("my.codes"), bpe.codes().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 1e-9, 5e-4, 1.0 / 3, 123456.75, 1e-5, 9.999e-6, 3e20})
    void aNumberReadsBackAsItself(double peak) {
        var config = with("", ", \"training\": {\"schedule\": {\"peak\": " + peak + "}}");
        assertEquals(config, Config.parse(config.toJson(), "resolved"));
    }

    @Test
    void aLimitIsNoDifference() {
        var longer = with("",
                ", \"training\": {\"maxEpochs\": 99, \"maxUpdates\": 7, \"maxMinutes\": 0.5, \"keepBest\": 3}");
        assertNotEquals(smallest(), longer);
        assertEquals(List.of(), smallest().differences(longer));
    }

    @Test
    void differencesNameTheKeyAndBothValues() {
        var other = with("",
                ", \"seed\": 2, \"training\": {\"freeze\": [\"encoder.*\"]}, \"model\": {\"positions\": \"learned\"}");
        assertEquals(Set.of(
                new Config.Difference("seed", "1", "2"),
                new Config.Difference("model.positions", "\"sinusoidal\"", "\"learned\""),
                new Config.Difference("model.maxPositions", "absent", "256"),
                new Config.Difference("training.freeze[0]", "absent", "\"encoder.*\"")),
                Set.copyOf(smallest().differences(other)));
    }
}
