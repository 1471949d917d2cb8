package io.coapgate.crypto.jose;

import static io.coapgate.crypto.key.KeyFormatException.Reason.MALFORMED;
import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.crypto.key.Thumbprint;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A public signature key as a JSON Web Key (RFC 7517, RFC 8037): EC on P-256, OKP Ed25519, or RSA of 2048 to 8192 bits.
 *
 * <p>Two of them are equal if their keys are, whatever the key ids. Immutable.
 */
public final class PublicJwk {
    private final PublicKey key;
    private final JwtAlgorithm algorithm;
    private final Map<String, Object> members;
    private final Thumbprint thumbprint;
    private final String keyId;

    private PublicJwk(PublicKey key, Map<String, ?> described) throws KeyFormatException {
        this.key = key;
        this.algorithm = JwkMembers.algorithmOf(key);
        this.members = Collections.unmodifiableMap(JwkMembers.of(key));
        this.thumbprint = Thumbprint.ofContent(Json.write(members).getBytes(StandardCharsets.UTF_8));
        this.keyId = Json.string(described, "kid").orElse(thumbprint.base64Url());
    }

    /**
     * The JSON Web Key of a public key, with its thumbprint as key id.
     *
     * @throws KeyFormatException if the key's type, curve or size is not supported, or its point is not on the curve
     */
    public static PublicJwk of(PublicKey key) throws KeyFormatException {
        return new PublicJwk(requireNonNull(key, "key"), Map.of());
    }

    /**
     * Reads a JSON Web Key, which must be public; one without {@code kid} goes by its thumbprint.
     *
     * @throws KeyFormatException if it is malformed, unsupported, private or symmetric
     */
    public static PublicJwk parse(String json) throws KeyFormatException {
        return of(JwkReader.members(json));
    }

    static PublicJwk of(Map<String, ?> members) throws KeyFormatException {
        if (JwkMembers.holdSecret(members)) {
            throw new KeyFormatException(MALFORMED, "secret key material where a public key is expected");
        }
        return new PublicJwk(JwkMembers.publicKey(members), members);
    }

    /** The key, for JCA. */
    public PublicKey key() {
        return key;
    }

    /** The one algorithm this key is used with. */
    public JwtAlgorithm algorithm() {
        return algorithm;
    }

    /** The value of {@code kid}: a hint for finding the key, never proof of anything. */
    public String keyId() {
        return keyId;
    }

    /** The SHA-256 thumbprint of RFC 7638, the value of a {@code jkt} confirmation. */
    public Thumbprint thumbprint() {
        return thumbprint;
    }

    /** The members that are the key itself, which is what a {@code jwk} confirmation holds (RFC 7800 §3.2). */
    public Map<String, Object> members() {
        return members;
    }

    /** The key as published in a key set: with {@code use}, {@code alg} and {@code kid}. */
    public String toJson() {
        return Json.write(published());
    }

    Map<String, Object> published() {
        Map<String, Object> published = new LinkedHashMap<>(members);
        published.put("use", "sig");
        published.put("alg", algorithm.jwsName());
        published.put("kid", keyId);
        return published;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PublicJwk jwk && thumbprint.equals(jwk.thumbprint);
    }

    @Override
    public int hashCode() {
        return thumbprint.hashCode();
    }

    @Override
    public String toString() {
        return "PublicJwk[" + algorithm + ", kid=" + keyId + "]";
    }
}
