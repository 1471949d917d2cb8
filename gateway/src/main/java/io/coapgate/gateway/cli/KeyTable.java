package io.coapgate.gateway.cli;

import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.crypto.key.Pem;
import io.coapgate.gateway.keys.KeptKey;
import io.coapgate.gateway.keys.KeyRing;
import io.coapgate.gateway.keys.KeyState;
import io.coapgate.gateway.keys.KeyTimes;
import io.coapgate.gateway.keys.KeyUse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Keys for people, in columns, and for programs, as JSON. */
record KeyTable(Instant now) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> HEAD = List.of("USE", "STATE", "ALGORITHM", "KID", "SINCE", "CREATED", "UNTIL");

    List<String> lines(List<KeyRing> rings) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        rings.forEach(ring -> ring.keys().forEach(key -> rows.add(row(ring, key))));
        int[] widths = IntStream.range(0, HEAD.size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private List<String> row(KeyRing ring, KeptKey key) {
        KeyTimes times = key.times();
        return List.of(
                ring.use().label(),
                key.state().label(),
                key.material().algorithm(),
                key.id(),
                times.since() + " (" + new TimeText(now).relative(times.since()) + ")",
                times.created().toString(),
                key.state() == KeyState.RETIRED ? key.publishedUntil().toString() : "-");
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            String cell = row.get(column);
            line.append(cell).append(" ".repeat(widths[column] - cell.length() + 2));
        }
        return line.toString().stripTrailing();
    }

    /** For those who keep the key by hand. */
    private static Optional<String> publicKey(KeyRing ring, KeptKey key) {
        if (ring.use() == KeyUse.CWT_MAC) {
            return Optional.empty();
        }
        try {
            String pem = new String(key.material().secret().expose(), StandardCharsets.UTF_8);
            return Optional.of(Pem.encode(Pem.keyPair(pem).getPublic()));
        } catch (KeyFormatException e) {
            throw new IllegalStateException("a key that was read can't be used", e);
        }
    }

    static String json(List<KeyRing> rings) {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode keys = root.putArray("keys");
        rings.forEach(ring -> ring.keys().forEach(key -> {
            KeyTimes times = key.times();
            ObjectNode shown = keys.addObject()
                    .put("use", ring.use().label())
                    .put("state", key.state().label())
                    .put("algorithm", key.material().algorithm())
                    .put("kid", key.id())
                    .put("created", times.created().toString())
                    .put("published", times.published().toString());
            publicKey(ring, key).ifPresent(pem -> shown.put("public-key", pem));
            times.current().ifPresent(time -> shown.put("current", time.toString()));
            times.retired().ifPresent(time -> shown.put("retired", time.toString()));
            if (key.state() == KeyState.RETIRED) {
                shown.put("until", key.publishedUntil().toString());
            }
        }));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }
}
