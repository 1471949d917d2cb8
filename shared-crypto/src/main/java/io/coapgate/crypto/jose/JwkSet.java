package io.coapgate.crypto.jose;

import static io.coapgate.crypto.key.KeyFormatException.Reason.MALFORMED;
import static io.coapgate.crypto.key.KeyFormatException.Reason.TOO_LARGE;
import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.crypto.key.Thumbprint;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A set of public signature keys (RFC 7517 §5): what a gateway publishes and a resource server verifies with.
 *
 * <p>A key id names one key at most. Immutable.
 */
public final class JwkSet {
    /** The media type of {@link #toJson()} (RFC 7517 §8.5.2). */
    public static final String MEDIA_TYPE = "application/jwk-set+json";

    /** Characters of the longest set that is read. */
    public static final int MAX_LENGTH = 64 * 1024;

    private final List<PublicJwk> keys;
    private final String json;

    private JwkSet(List<PublicJwk> keys) {
        this.keys = List.copyOf(keys);
        this.json = Json.write(
                Map.of("keys", this.keys.stream().map(PublicJwk::published).toList()));
    }

    /**
     * The public halves of signing keys, in their order.
     *
     * @throws IllegalArgumentException if a key occurs twice
     */
    public static JwkSet of(List<JwtSigningKey> keys) {
        List<PublicJwk> published = keys.stream().map(JwtSigningKey::publicJwk).toList();
        if (!distinctKeyIds(published)) {
            throw new IllegalArgumentException("a signing key occurs twice");
        }
        return new JwkSet(published);
    }

    /**
     * Reads a published set, leaving out the keys that are not for verifying signatures, not named, or not supported, as
     * RFC 7517 §5 asks.
     *
     * @throws KeyFormatException if it is no key set, holds private keys, or names two of its keys alike
     */
    public static JwkSet parse(String json) throws KeyFormatException {
        requireNonNull(json, "json");
        if (json.length() > MAX_LENGTH) {
            throw new KeyFormatException(TOO_LARGE, "longer than " + MAX_LENGTH + " characters");
        }
        List<PublicJwk> keys = new ArrayList<>();
        for (Map<String, Object> members : Json.readObject(json, MAX_LENGTH)
                .flatMap(set -> Json.objects(set, "keys"))
                .orElseThrow(() -> new KeyFormatException(MALFORMED, "not a JSON object with an array of keys"))) {
            read(members).ifPresent(keys::add);
        }
        if (!distinctKeyIds(keys)) {
            throw new KeyFormatException(MALFORMED, "two keys with the same id");
        }
        return new JwkSet(keys);
    }

    /** The keys, in the order of publication. */
    public List<PublicJwk> keys() {
        return keys;
    }

    /** The key of that id. */
    public Optional<PublicJwk> find(String keyId) {
        requireNonNull(keyId, "keyId");
        return keys.stream().filter(key -> key.keyId().equals(keyId)).findFirst();
    }

    /** The set as {@link #MEDIA_TYPE}. */
    public String toJson() {
        return json;
    }

    /** A strong entity tag with its quotes (RFC 9110 §8.8.3): equal for equal {@link #toJson()}, different otherwise. */
    public String entityTag() {
        return '"' + Thumbprint.ofContent(json.getBytes(StandardCharsets.UTF_8)).base64Url() + '"';
    }

    private static Optional<PublicJwk> read(Map<String, Object> members) throws KeyFormatException {
        if (JwkMembers.holdSecret(members)) {
            throw new KeyFormatException(MALFORMED, "secret key material in a set of public keys");
        }
        if (!isNamedForSignatures(members)) {
            return Optional.empty();
        }
        try {
            return Optional.of(PublicJwk.of(members)).filter(key -> isFor(key.algorithm(), members));
        } catch (KeyFormatException e) {
            return Optional.empty(); // "implementations SHOULD ignore" such keys (RFC 7517 §5)
        }
    }

    private static boolean isNamedForSignatures(Map<String, ?> members) {
        Object operations = members.get("key_ops");
        return Json.string(members, "kid").isPresent()
                && Json.string(members, "use").orElse("sig").equals("sig")
                && (operations == null || (operations instanceof List<?> list && list.contains("verify")));
    }

    private static boolean isFor(JwtAlgorithm algorithm, Map<String, ?> members) {
        return !members.containsKey("alg")
                || Json.string(members, "alg").flatMap(JwtAlgorithm::ofJwsName).equals(Optional.of(algorithm));
    }

    private static boolean distinctKeyIds(List<PublicJwk> keys) {
        Set<String> ids = new HashSet<>();
        return keys.stream().allMatch(key -> ids.add(key.keyId()));
    }

    @Override
    public String toString() {
        return "JwkSet" + keys;
    }
}
