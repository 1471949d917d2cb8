package io.coapgate.crypto.jose;

import static io.coapgate.crypto.key.KeyFormatException.Reason.INVALID_POINT;
import static io.coapgate.crypto.key.KeyFormatException.Reason.MALFORMED;
import static io.coapgate.crypto.key.KeyFormatException.Reason.MISSING_KEY;
import static io.coapgate.crypto.key.KeyFormatException.Reason.TOO_LARGE;
import static io.coapgate.crypto.key.KeyFormatException.Reason.UNSUPPORTED;
import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.key.EcCurve;
import io.coapgate.crypto.key.Ed25519;
import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.crypto.key.SecretBytes;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Map;

/**
 * Reads single JSON Web Keys as they stand in configuration files and requests (RFC 7517 §4, RFC 7518 §6, RFC 8037 §2).
 *
 * <p>Values must be base64url in its one canonical form and of their full length. Stateless.
 */
public final class JwkReader {
    /** Characters of the longest key that is read: an RSA key of 8192 bits and what may be said about it. */
    public static final int MAX_LENGTH = 16 * 1024;

    private JwkReader() {}

    /**
     * Reads a public key: EC on P-256, OKP Ed25519, or RSA of 2048 to 8192 bits.
     *
     * @throws KeyFormatException if it is malformed, unsupported, private or symmetric
     */
    public static PublicKey publicKey(String json) throws KeyFormatException {
        return PublicJwk.parse(json).key();
    }

    /**
     * Reads a private key, EC on P-256 or OKP Ed25519, with the public key that every such JWK states.
     *
     * @throws KeyFormatException if it is malformed, unsupported or only public, or its halves do not belong together
     */
    public static KeyPair keyPair(String json) throws KeyFormatException {
        Map<String, Object> members = members(json);
        boolean onP256 = JwkMembers.isP256(members);
        if (!members.containsKey("d")) {
            throw new KeyFormatException(MISSING_KEY, "a public key where a private one is needed");
        }
        byte[] d = JwkMembers.bytes(members, "d");
        try {
            KeyPair pair = onP256
                    ? EcCurve.P_256.keyPair(EcCurve.P_256.privateKey(d))
                    : Ed25519.keyPair(Ed25519.privateKey(d));
            PublicJwk stated = PublicJwk.of(JwkMembers.publicKey(members));
            if (!stated.equals(PublicJwk.of(pair.getPublic()))) {
                throw new KeyFormatException(INVALID_POINT, "the public key does not belong to the private one");
            }
            return pair;
        } finally {
            Arrays.fill(d, (byte) 0);
        }
    }

    /**
     * Reads a symmetric key ({@code kty: oct}), such as a pre-shared key.
     *
     * @throws KeyFormatException if it is malformed, empty or of another type
     */
    public static SecretBytes secret(String json) throws KeyFormatException {
        Map<String, Object> members = members(json);
        if (!JwkMembers.text(members, "kty").equals("oct")) {
            throw new KeyFormatException(UNSUPPORTED, "not a symmetric key");
        }
        byte[] k = JwkMembers.bytes(members, "k");
        if (k.length == 0) {
            throw new KeyFormatException(MALFORMED, "an empty symmetric key");
        }
        try {
            return SecretBytes.copyOf(k);
        } finally {
            Arrays.fill(k, (byte) 0);
        }
    }

    static Map<String, Object> members(String json) throws KeyFormatException {
        requireNonNull(json, "json");
        if (json.length() > MAX_LENGTH) {
            throw new KeyFormatException(TOO_LARGE, "a JSON Web Key longer than " + MAX_LENGTH + " characters");
        }
        return Json.readObject(json, MAX_LENGTH)
                .orElseThrow(() -> new KeyFormatException(MALFORMED, "a JSON Web Key that is no JSON object"));
    }
}
