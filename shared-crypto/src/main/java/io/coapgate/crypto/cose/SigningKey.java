package io.coapgate.crypto.cose;

import static io.coapgate.crypto.cose.CoseException.Reason.INVALID_KEY;

import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.crypto.key.SignatureMaker;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.util.Optional;

/**
 * A key that signs, or makes MACs, with exactly one algorithm. Immutable and safe for use by several threads.
 *
 * <p>If it has an identifier, the messages that it makes carry it.
 */
public final class SigningKey {

    private final KeyRecord said;
    private final Maker maker;

    private SigningKey(KeyRecord said, Maker maker) {
        this.said = said;
        this.maker = maker;
    }

    /**
     * A key for making signatures.
     *
     * @throws CoseException {@code INVALID_KEY} if the key is not one for this algorithm
     */
    public static SigningKey of(CoseAlgorithm algorithm, PrivateKey key) throws CoseException {
        if (algorithm.curve().filter(curve -> curve.isOn(key)).isEmpty()) {
            throw new CoseException(INVALID_KEY, "not a private key for " + algorithm.ianaName());
        }
        return new SigningKey(KeyRecord.of(algorithm), new SignatureMaker(algorithm.jcaName(), key)::sign);
    }

    /**
     * A key for making MACs, of the hash's length at least and 256 bytes at most.
     *
     * @throws CoseException {@code INVALID_KEY} if the algorithm makes no MAC, or the secret has another length
     */
    public static SigningKey of(CoseAlgorithm algorithm, SecretBytes secret) throws CoseException {
        return new SigningKey(KeyRecord.of(algorithm), Hmac.of(algorithm, secret));
    }

    /** The same key with this identifier. */
    public SigningKey withKeyId(KeyId kid) {
        return new SigningKey(said.withKeyId(kid), maker);
    }

    public CoseAlgorithm algorithm() {
        return said.algorithm();
    }

    public Optional<KeyId> keyId() {
        return said.keyId();
    }

    byte[] authenticate(byte[] authenticated) {
        try {
            return maker.authenticate(authenticated);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no provider signs " + algorithm() + " with a checked key", e);
        }
    }

    @Override
    public String toString() {
        return "SigningKey" + said.inBrackets();
    }
}
