package nmt4j.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import nmt4j.Failure;

/// The text of a configuration file: UTF-8, of bounded size.
final class ConfigFile {
    static final int LARGEST = 1 << 20;

    private ConfigFile() {}

    static String read(Path file) {
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST)
                throw Failure.mistake(file + ": over 1 MB; a config is a small JSON file");
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw Failure.mistake(file + ": not UTF-8 text; a config is a JSON file");
        } catch (NoSuchFileException e) {
            throw Failure.mistake(file + ": no such file");
        } catch (IOException e) {
            if (Files.isDirectory(file))
                throw Failure.mistake(file + ": is a folder; expected a config, a JSON file");
            throw Failure.machine(file + ": cannot be read: " + Failure.reason(e), e);
        }
    }
}
