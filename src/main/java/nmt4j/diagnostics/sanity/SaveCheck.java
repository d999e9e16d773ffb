package nmt4j.diagnostics.sanity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import nmt4j.Failure;
import nmt4j.kernel.Parallel;
import nmt4j.model.LoadedModel;
import nmt4j.model.ModelFile;
import nmt4j.model.TranslationModel;
import nmt4j.tensor.Tape;
import nmt4j.text.TextCodec;
import nmt4j.text.Vocabulary;
import nmt4j.text.WordTokenizer;

/// All that a model knows is in its parameters: read back from a file into another one, they say the same.
final class SaveCheck implements Check {
    @Override
    public String law() {
        return "a model read from its file is the same";
    }

    @Override
    public Finding run(Subject subject, Parallel parallel) {
        try (var model = subject.made(); var again = subject.declare().get(); var tape = Tape.inference(parallel)) {
            again.parameters().allocate(true); // bits of products depend on the room between rows, see Gemm
            copyThroughFile(model, again, subject);
            double difference = Check.difference(Subject.states(model, tape, subject.batch()),
                    Subject.states(again, tape, subject.batch()));
            return finding(difference == 0, Check.format("%.1e", difference), "0", "");
        }
    }

    private static void copyThroughFile(TranslationModel from, TranslationModel to, Subject subject) {
        var loaded = new LoadedModel(subject.config(), codec(subject.sourceSize()), codec(subject.targetSize()), from);
        try {
            Path file = Files.createTempFile("nmt-check", ".safetensors");
            try {
                ModelFile.write(file, loaded, 0, Map.of());
                ModelFile.readInto(to, file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw Failure.machine("temporary file: " + Failure.reason(e), e);
        }
    }

    /// Words for all ids.
    private static TextCodec codec(int size) {
        var tokens = new ArrayList<>(Vocabulary.SPECIALS);
        while (tokens.size() < size) tokens.add("w" + tokens.size());
        return new TextCodec(new WordTokenizer(), Vocabulary.of(tokens), false);
    }
}
