package nmt4j.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import nmt4j.Failure;

/// Pictures of attention with all that they depend on, as a run folder keeps them: a page needs no model to show them.
///
/// @param pictures  of each sentence
public record KeptAttention(Subject subject, List<AttentionPicture> pictures) {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES).build();

    /// @param model             SHA-256 of its file
    /// @param sources, targets  lines of text
    public record Subject(String model, List<String> sources, List<String> targets) {}

    public KeptAttention {
        pictures = List.copyOf(pictures);
    }

    /// Pictures of another model or of other lines, or what is not such a file, are as good as none.
    ///
    /// @throws Failure (machine)  if the file cannot be read
    public static Optional<List<AttentionPicture>> read(Path file, Subject subject) {
        try {
            if (!Files.exists(file)) return Optional.empty();
            var kept = JSON.readValue(new String(Files.readAllBytes(file), UTF_8), KeptAttention.class);
            return kept != null && kept.subject.equals(subject) ? Optional.of(kept.pictures) : Optional.empty();
        } catch (JsonProcessingException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw Failure.machine(file + ": cannot be read: " + Failure.reason(e), e);
        }
    }

    public String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
