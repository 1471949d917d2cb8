package io.coapgate.gateway.trust;

import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cose.CoseKeySet;
import io.coapgate.crypto.cose.RecipientKey;
import io.coapgate.crypto.cose.VerificationKey;
import io.coapgate.crypto.jose.JwkSet;
import io.coapgate.crypto.jose.JwtAlgorithm;
import io.coapgate.crypto.jose.PublicJwk;
import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.crypto.key.KeyId;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The key set that an authorization server publishes, as a COSE_KeySet (RFC 9052 §7) or a JWKS (RFC 7517 §5). The first
 * byte tells which, whatever a server calls it: no CBOR array begins like a JSON object.
 *
 * <p>The one algorithm of a key is the one that the set names, or else that of its curve. Keys that can't verify
 * signatures here are left out, as both RFCs ask; a private or symmetric key makes the whole set unusable.
 */
public final class KeySetDocument {
    /** Bytes of the longest set that is read. */
    public static final int MAX_BYTES = Math.min(CoseKeySet.MAX_BYTES, JwkSet.MAX_LENGTH);

    private KeySetDocument() {}

    /**
     * Reads a set, which may be one without a key that can be used.
     *
     * @throws KeySetException with {@code INVALID}
     */
    public static List<RecipientKey> read(byte[] document) throws KeySetException {
        try {
            return looksLikeJson(document) ? ofJwkSet(document) : ofCoseKeySet(document);
        } catch (CoseException | KeyFormatException e) {
            throw new KeySetException(KeySetException.Reason.INVALID, e.getMessage());
        } catch (CharacterCodingException e) {
            throw new KeySetException(KeySetException.Reason.INVALID, "a JWKS that is not UTF-8");
        }
    }

    private static boolean looksLikeJson(byte[] document) {
        for (byte b : document) {
            if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
                return b == '{';
            }
        }
        return false;
    }

    private static List<RecipientKey> ofCoseKeySet(byte[] document) throws CoseException {
        List<RecipientKey> keys = new ArrayList<>();
        for (CoseKey key : CoseKeySet.decodePublic(document, MAX_BYTES).keys()) {
            verificationKey(key).ifPresent(keys::add);
        }
        return List.copyOf(keys);
    }

    private static Optional<VerificationKey> verificationKey(CoseKey key) {
        try {
            CoseAlgorithm algorithm = key.algorithm()
                    .or(() -> key.publicKey().flatMap(CoseAlgorithm::forSignaturesOf))
                    .orElseThrow();
            return Optional.of(key.verificationKey(algorithm));
        } catch (CoseException e) {
            return Optional.empty(); // its key_ops are for something else
        }
    }

    private static List<RecipientKey> ofJwkSet(byte[] document) throws KeyFormatException, CharacterCodingException {
        String json = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(document))
                .toString();
        List<RecipientKey> keys = new ArrayList<>();
        for (PublicJwk jwk : JwkSet.parse(json).keys()) {
            verificationKey(jwk).ifPresent(keys::add);
        }
        return List.copyOf(keys);
    }

    /** The {@code kid} of a CWT is the UTF-8 form of that of the JWK. COSE has no algorithm here for RSA. */
    private static Optional<VerificationKey> verificationKey(PublicJwk jwk) {
        byte[] kid = jwk.keyId().getBytes(StandardCharsets.UTF_8);
        if (jwk.algorithm() == JwtAlgorithm.RS256 || !KeyId.isValid(kid)) {
            return Optional.empty();
        }
        return CoseAlgorithm.forSignaturesOf(jwk.key())
                .flatMap(algorithm -> verificationKey(algorithm, jwk.key()))
                .map(key -> key.withKeyId(KeyId.of(kid)));
    }

    private static Optional<VerificationKey> verificationKey(CoseAlgorithm algorithm, PublicKey key) {
        try {
            return Optional.of(VerificationKey.of(algorithm, key));
        } catch (CoseException e) {
            return Optional.empty();
        }
    }
}
