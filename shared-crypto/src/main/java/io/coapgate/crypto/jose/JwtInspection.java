package io.coapgate.crypto.jose;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.jose.InvalidJwtException.Reason;
import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.crypto.key.Thumbprint;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What stands in a JWT in compact serialization, unverified: <b>proof of nothing</b>, for people at a terminal only.
 * Secret members of keys are withheld. Immutable.
 */
public final class JwtInspection {
    private static final Pattern THREE_PARTS =
            Pattern.compile("eyJ[A-Za-z0-9_=-]*\\.[A-Za-z0-9_=-]*\\.[A-Za-z0-9_=-]*");

    private final String token;
    private final String[] parts;

    private JwtInspection(String token) {
        this.token = token;
        this.parts = token.split("\\.", -1);
    }

    /** Looks into this text; empty if it is not three parts, of which the first looks like a JSON object. */
    public static Optional<JwtInspection> of(String text) {
        return THREE_PARTS.matcher(text).matches() ? Optional.of(new JwtInspection(text)) : Optional.empty();
    }

    /** The length of the token. */
    public int size() {
        return token.length();
    }

    /** The header's parameters; empty if they can't be read strictly. */
    public Optional<Map<String, Object>> header() {
        return object(0).map(JwkSecrets::withhold);
    }

    /** The claims; empty if they can't be read strictly. */
    public Optional<Map<String, Object>> claims() {
        return object(1).map(JwkSecrets::withhold);
    }

    /** The thumbprint (RFC 7638) of the key in {@code cnf}, if there is one that is supported. */
    public Optional<Thumbprint> confirmationThumbprint() {
        return object(1)
                .flatMap(claims -> member(claims, "cnf"))
                .flatMap(cnf -> member(cnf, "jwk"))
                .flatMap(JwkSecrets::thumbprint);
    }

    /** Bytes of the decoded part: 0 header, 1 claims, 2 signature; 0 if it isn't base64url. */
    public int partSize(int index) {
        return Base64Url.decode(parts[index]).map(bytes -> bytes.length).orElse(0);
    }

    /** All reasons to refuse this token that its key has no part in. */
    public JwtTrial trial() {
        return new JwtTrial(object(0), object(1), parts[2], token.length());
    }

    /** Why this key does not verify the signature; empty if it does. */
    public Optional<JwtRefusal> signatureRefusal(PublicKey key) throws KeyFormatException {
        JwtAlgorithm algorithm = PublicJwk.of(requireNonNull(key, "key")).algorithm();
        Optional<JwtAlgorithm> named =
                object(0).flatMap(header -> Json.string(header, "alg")).flatMap(JwtAlgorithm::ofJwsName);
        if (named.filter(algorithm::equals).isEmpty()) {
            return Optional.of(new JwtRefusal(Reason.ALGORITHM_MISMATCH, "the token names another algorithm"));
        }
        byte[] input = token.substring(0, token.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII);
        boolean verifies = Base64Url.decode(parts[2])
                .filter(signature -> algorithm.verify(key, input, signature))
                .isPresent();
        return verifies
                ? Optional.empty()
                : Optional.of(new JwtRefusal(Reason.BAD_SIGNATURE, "the signature does not verify"));
    }

    private Optional<Map<String, Object>> object(int index) {
        return Base64Url.decode(parts[index]).flatMap(CompactJws::json);
    }

    @SuppressWarnings("unchecked")
    private static Optional<Map<String, Object>> member(Map<String, Object> object, String name) {
        return object.get(name) instanceof Map<?, ?> member
                ? Optional.of((Map<String, Object>) member)
                : Optional.empty();
    }
}
