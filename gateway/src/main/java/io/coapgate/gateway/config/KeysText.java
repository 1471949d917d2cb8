package io.coapgate.gateway.config;

import static io.coapgate.crypto.key.KeyFormatException.Reason.MALFORMED;
import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.gateway.keys.KeptKey;
import io.coapgate.gateway.keys.KeyKind;
import io.coapgate.gateway.keys.KeyMaterial;
import io.coapgate.gateway.keys.KeyRing;
import io.coapgate.gateway.keys.KeyRings;
import io.coapgate.gateway.keys.KeyTimes;
import io.coapgate.gateway.keys.KeyUse;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Key rings as JSON: {@code {"version": 1, "keys": [{"use", "kid", "algorithm", "created", "published", "current", "retired",
 * "longest-token", "secret"}]}}, times as in RFC 3339, the secret as its {@link KeyKind} writes it.
 */
final class KeysText {
    private static final int VERSION = 1;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Map<KeyUse, KeyKind> kinds = new EnumMap<>(KeyUse.class);

    /** @param kinds one for each use */
    KeysText(List<? extends KeyKind> kinds) {
        kinds.forEach(kind -> this.kinds.put(kind.use(), kind));
    }

    static String write(KeyRings rings) {
        ObjectNode root = JSON.createObjectNode().put("version", VERSION);
        ArrayNode keys = root.putArray("keys");
        rings.stream().forEach(ring -> ring.keys().forEach(key -> write(keys.addObject(), ring.use(), key)));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    private static void write(ObjectNode out, KeyUse use, KeptKey key) {
        KeyTimes times = key.times();
        out.put("use", use.label())
                .put("kid", key.id())
                .put("algorithm", key.material().algorithm());
        out.put("created", times.created().toString())
                .put("published", times.published().toString());
        times.current().ifPresent(time -> out.put("current", time.toString()));
        times.retired().ifPresent(time -> out.put("retired", time.toString()));
        out.put("longest-token", key.longestToken().toString());
        out.put("secret", new String(key.material().secret().expose(), StandardCharsets.UTF_8));
    }

    /** @throws KeyFormatException if it is no such text, or a key in it is not what it says */
    KeyRings read(String text) throws KeyFormatException {
        try {
            JsonNode root = JSON.readTree(text);
            if (root.path("version").asInt(0) != VERSION) {
                throw new KeyFormatException(MALFORMED, "not a file of keys in version " + VERSION);
            }
            Map<KeyUse, List<KeptKey>> keys = new EnumMap<>(KeyUse.class);
            for (JsonNode node : root.path("keys")) {
                KeyUse use = KeyUse.ofLabel(text(node, "use"))
                        .orElseThrow(() -> new KeyFormatException(MALFORMED, "an unknown use"));
                keys.computeIfAbsent(use, same -> new ArrayList<>()).add(key(requireNonNull(kinds.get(use)), node));
            }
            return KeyRings.of(keys.entrySet().stream()
                    .map(entry -> new KeyRing(entry.getKey(), entry.getValue()))
                    .toList());
        } catch (JacksonException | DateTimeException | IllegalArgumentException e) {
            throw new KeyFormatException(MALFORMED, "not a file of keys"); // without the cause, which may show the text
        }
    }

    private static KeptKey key(KeyKind kind, JsonNode node) throws KeyFormatException {
        KeyMaterial material = kind.read(SecretBytes.copyOf(text(node, "secret").getBytes(StandardCharsets.UTF_8)));
        if (!material.id().equals(text(node, "kid")) || !material.algorithm().equals(text(node, "algorithm"))) {
            throw new KeyFormatException(MALFORMED, "a key that is not the one that it is said to be");
        }
        KeyTimes times = new KeyTimes(
                Instant.parse(text(node, "created")),
                Instant.parse(text(node, "published")),
                time(node, "current"),
                time(node, "retired"));
        return new KeptKey(material, times, Duration.parse(text(node, "longest-token")));
    }

    private static Optional<Instant> time(JsonNode node, String name) throws KeyFormatException {
        return node.has(name) ? Optional.of(Instant.parse(text(node, name))) : Optional.empty();
    }

    private static String text(JsonNode node, String name) throws KeyFormatException {
        JsonNode member = node.path(name);
        if (!member.isString()) {
            throw new KeyFormatException(MALFORMED, "a key without its " + name);
        }
        return member.stringValue();
    }
}
