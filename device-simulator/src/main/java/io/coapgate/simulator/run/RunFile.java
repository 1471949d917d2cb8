package io.coapgate.simulator.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and writes records of runs as JSON: one object whose names are those of the records' components, durations and the
 * start as ISO 8601 texts, an unknown figure as {@code null}. Nothing unknown, missing or twice is accepted. Stateless.
 */
public final class RunFile {
    private static final long MAX_BYTES = 256L * 1024 * 1024;

    private RunFile() {}

    /** Writes a record in place of whatever the file held; a reader sees the old file or the new one. */
    public static void write(Path file, RunRecord run) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path partial = absolute.resolveSibling(absolute.getFileName() + ".part");
        try {
            Files.writeString(partial, json(run), StandardCharsets.UTF_8);
            Files.move(partial, absolute, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    /** @throws RunFileException if the file is there, and holds no record in this format */
    public static RunRecord read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new RunFileException(file + ": longer than any run's record, " + Files.size(file) + " bytes");
        }
        try {
            return parse(Files.readString(file));
        } catch (JacksonException e) {
            throw new RunFileException(file + place(e) + ": " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new RunFileException(file + ": " + e.getMessage(), e);
        }
    }

    private static String json(RunRecord run) {
        return mapper().writeValueAsString(run) + "\n";
    }

    private static RunRecord parse(String json) {
        ObjectMapper mapper = mapper();
        JsonNode root = mapper.readTree(json);
        int format = root.path("format").asInt(0);
        if (format != RunRecord.FORMAT) {
            throw new IllegalArgumentException("not a run's record in format " + RunRecord.FORMAT
                    + (root.has("format") ? ", but in format " + root.get("format") : "; write one with --json FILE"));
        }
        return mapper.readValue(json, RunRecord.class);
    }

    /** Line and column, and the names that lead there. */
    private static String place(JacksonException e) {
        TokenStreamLocation location = e.getLocation();
        String line = location == null || location.getLineNr() < 1
                ? ""
                : ":" + location.getLineNr() + ":" + location.getColumnNr();
        String names = e.getPath().stream()
                .map(Reference::getPropertyName)
                .filter(Objects::nonNull)
                .collect(Collectors.joining("."));
        return names.isEmpty() ? line : line + ": " + names;
    }

    private static ObjectMapper mapper() {
        return JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build();
    }
}
