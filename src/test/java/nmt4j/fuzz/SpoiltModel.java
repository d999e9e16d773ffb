package nmt4j.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import nmt4j.cli.RandomModel;

/// A model file with spoilt bytes; or with a spoilt header, metadata or weights and without the checksum that would tell.
final class SpoiltModel implements Fuzzer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] METADATA = {"nmt4j", "config", "source", "target", "update", "scores"};
    private static final float[] WEIGHTS = {Float.NaN, Float.POSITIVE_INFINITY, 3e38f, -3e38f, 1e20f, 1e-42f, 0};

    @Override
    public Attempt attempt(Path folder, Random random) throws IOException {
        var good = Files.readAllBytes(RandomModel.anyOf(folder, random));
        var file = folder.resolve("spoilt.safetensors");
        Files.write(file, switch (random.nextInt(5)) {
            case 0 -> Mutation.of(good, random);
            case 1 -> withHeader(good, Mutation.of(header(good), random));
            case 2, 3 -> withMetadata(good, random);
            default -> withWeights(good, random);
        });
        var input = "ein\n\nkleiner Satz\n".getBytes(UTF_8);
        var model = file.toString();
        return switch (random.nextInt(10)) {
            case 0 -> new Attempt(List.of("vocab", model), input);
            case 1 -> Attempt.lineByLine(List.of("tokenize", model, "--side", "source"), input);
            case 2 ->
                    new Attempt(List.of("average", model, model, "--output", folder.resolve("mean").toString()), input);
            case 3 -> new Attempt(List.of("neighbours", model, "ein"), input);
            case 4 -> new Attempt(List.of("attention", model), input);
            case 5 -> Attempt.lineByLine(List.of("translate", model, "--sample", "--threads", "1"), input);
            default -> Attempt.lineByLine(List.of("translate", model, "--beam", "2", "--threads", "1"), input);
        };
    }

    /// Its text, without the checksum.
    private static String header(byte[] file) {
        int length = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
        return new String(file, 8, length, UTF_8).replace("\"crc32c\"", "\"none\"").strip();
    }

    private static byte[] withHeader(byte[] file, String header) {
        int data = 8 + (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
        var bytes = header.getBytes(UTF_8);
        return ByteBuffer.allocate(8 + bytes.length + file.length - data).order(ByteOrder.LITTLE_ENDIAN)
                .putLong(bytes.length).put(bytes).put(file, data, file.length - data).array();
    }

    private static byte[] withMetadata(byte[] file, Random random) throws IOException {
        var header = (ObjectNode) JSON.readTree(header(file));
        var metadata = (ObjectNode) header.get("__metadata__");
        var key = METADATA[random.nextInt(METADATA.length)];
        metadata.put(key, otherValue(metadata.get(key).asText(), random));
        return withHeader(file, JSON.writeValueAsString(header));
    }

    /// Spoilt letters, or whole JSON values in place of others.
    private static String otherValue(String json, Random random) {
        if (random.nextBoolean()) return Mutation.of(json, random);
        var starts = new ArrayList<Integer>();
        for (int i = 0; i < json.length(); i++) if (":,[".indexOf(json.charAt(i)) >= 0) starts.add(i + 1);
        if (starts.isEmpty()) return json;
        int from = starts.get(random.nextInt(starts.size()));
        int to = from;
        while (to < json.length() && ",]}".indexOf(json.charAt(to)) < 0) to++;
        return json.substring(0, from) + new String(Mutation.piece(random), UTF_8) + json.substring(to);
    }

    private static byte[] withWeights(byte[] file, Random random) {
        var spoilt = withHeader(file, header(file));
        var bytes = ByteBuffer.wrap(spoilt).order(ByteOrder.LITTLE_ENDIAN);
        int data = 8 + (int) bytes.getLong();
        int weights = (spoilt.length - data) / Float.BYTES;
        for (int n = 1 << random.nextInt(10); n > 0; n--)
            bytes.putFloat(data + Float.BYTES * random.nextInt(weights), WEIGHTS[random.nextInt(WEIGHTS.length)]);
        return spoilt;
    }
}
