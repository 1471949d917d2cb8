package io.coapgate.crypto.inspect;

import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.inspect.CborItem.Entry;
import io.coapgate.crypto.inspect.CborItem.Kind;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells which parts of what looks like a key are secret: of a COSE_Key all key-specific parameters that are not known to
 * be public for every key type that the map names (RFC 9053 §7, RFC 8230 §4), of a JWK those of RFC 7518 §6.
 */
final class KeySecrets {

    private static final Map<BigInteger, List<Long>> PUBLIC = Map.of(
            BigInteger.ONE,
            List.of(-1L, -2L),
            BigInteger.TWO,
            List.of(-1L, -2L, -3L),
            BigInteger.valueOf(3),
            List.of(-1L, -2L));
    private static final int KTY = 1;
    private static final String JWK_KTY = "kty";
    private static final Set<String> JWK_SECRETS = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");
    /** Byte strings within byte strings deeper than this are not opened, and count as secret. */
    private static final int MAX_WRAPPINGS = 4;

    private final Set<BigInteger> types;
    private final boolean isKey;

    private KeySecrets(Set<BigInteger> types, boolean isKey) {
        this.types = types;
        this.isKey = isKey;
    }

    /** Those of a map. What claims have under the label of an integer {@code kty} is {@code iss}, a text. */
    static KeySecrets of(CborItem map) {
        Set<BigInteger> types = map.entries().stream()
                .filter(entry -> entry.key().isInteger(KTY))
                .flatMap(entry -> entry.value().integer().stream())
                .collect(Collectors.toSet());
        boolean isJwk = map.entries().stream()
                .anyMatch(entry -> entry.key().text().filter(JWK_KTY::equals).isPresent());
        return new KeySecrets(types, isJwk || !types.isEmpty());
    }

    boolean include(CborItem label) {
        return label.is(Kind.NEGATIVE)
                ? types.stream().anyMatch(type -> !isPublic(type, label))
                : isKey && label.text().filter(JWK_SECRETS::contains).isPresent();
    }

    /** Whether the byte string, read as CBOR, has secret parts of a key in it, at whatever depth. */
    static boolean areWithin(CborItem bytes) {
        return areWithin(bytes, 0);
    }

    private static boolean areWithin(CborItem item, int wrappings) {
        KeySecrets secrets = of(item);
        if (item.entries().stream().map(Entry::key).anyMatch(secrets::include)) {
            return true;
        }
        if (item.is(Kind.BYTES)) {
            Optional<CborItem> inner = structure(item.content());
            return inner.isPresent() && (wrappings == MAX_WRAPPINGS || areWithin(inner.get(), wrappings + 1));
        }
        return item.children().stream().anyMatch(child -> areWithin(child, wrappings));
    }

    private static Optional<CborItem> structure(byte[] content) {
        try {
            CborItem item = CborItem.read(content);
            return item.children().isEmpty() && !item.is(Kind.BYTES) ? Optional.empty() : Optional.of(item);
        } catch (CoseException e) {
            return Optional.empty();
        }
    }

    private static boolean isPublic(BigInteger type, CborItem label) {
        return PUBLIC.getOrDefault(type, List.of()).stream().anyMatch(label::isInteger);
    }
}
