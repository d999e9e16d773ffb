package nmt4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import nmt4j.config.CorpusConfig;
import nmt4j.data.ValidationSet;
import nmt4j.model.ModelFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BleuValidatorTest {
    @TempDir
    private Path folder;

    @Test
    void aLineThatCannotBeTranslatedCountsAsAnEmptyOne() throws IOException {
        var lines = Files.writeString(folder.resolve("valid"), "ein kleiner Satz\n\nein Satz\n");
        try (var model = ModelFile.load(RandomModel.write(folder.resolve("model"), RandomModel.TRANSFORMER, 1))) {
            for (var parameter : model.model().parameters().all()) parameter.value().fill(Float.NaN);
            var set = ValidationSet.read(new CorpusConfig(lines, lines), model.source(), model.target());
            var translations = new BleuValidator(1).translate(model, set, () -> false).orElseThrow();
            assertEquals(List.of("", "", ""), translations.lines());
            assertEquals(0, translations.bleu());
        }
    }
}
