package io.coapgate.crypto.cose;

import static io.coapgate.crypto.cose.CoseException.Reason.INVALID_KEY;

import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Optional;

/**
 * A key that verifies with exactly one algorithm, checked and parsed once. Immutable and safe for use by several threads.
 *
 * <p>Its record names the algorithm; a message that names another is refused, so that no public key is ever taken for an
 * HMAC secret. It may have an identifier and a time in which it is valid; both ends of that time are inclusive.
 */
public final class VerificationKey implements RecipientKey {

    private final KeyRecord said;
    private final Checker checker;

    private VerificationKey(KeyRecord said, Checker checker) {
        this.said = said;
        this.checker = checker;
    }

    /**
     * A key for verifying signatures.
     *
     * @throws CoseException {@code INVALID_KEY} if the key is not one for this algorithm, or no acceptable point
     */
    public static VerificationKey of(CoseAlgorithm algorithm, PublicKey key) throws CoseException {
        KeyCurve curve = algorithm
                .curve()
                .orElseThrow(() -> new CoseException(INVALID_KEY, "a public key for " + algorithm.ianaName()));
        return new VerificationKey(KeyRecord.of(algorithm), new SignatureChecker(algorithm, curve.checked(key)));
    }

    /**
     * A key for verifying MACs, of the hash's length at least and 256 bytes at most.
     *
     * @throws CoseException {@code INVALID_KEY} if the algorithm makes no MAC, or the secret has another length
     */
    public static VerificationKey of(CoseAlgorithm algorithm, SecretBytes secret) throws CoseException {
        return new VerificationKey(KeyRecord.of(algorithm), Hmac.of(algorithm, secret));
    }

    @Override
    public VerificationKey withKeyId(KeyId kid) {
        return new VerificationKey(said.withKeyId(kid), checker);
    }

    @Override
    public VerificationKey withValidity(Instant from, Instant to) {
        return new VerificationKey(said.withValidity(from, to), checker);
    }

    @Override
    public CoseAlgorithm algorithm() {
        return said.algorithm();
    }

    @Override
    public Optional<KeyId> keyId() {
        return said.keyId();
    }

    /** The first instant at which the key may be used; {@link Instant#MIN} if that is not limited. */
    public Instant notBefore() {
        return said.notBefore();
    }

    /** The last instant at which the key may be used; {@link Instant#MAX} if that is not limited. */
    public Instant notAfter() {
        return said.notAfter();
    }

    @Override
    public boolean isValidAt(Instant now) {
        return said.isValidAt(now);
    }

    boolean accepts(byte[] authenticated, byte[] authenticator) {
        return checker.accepts(authenticated, authenticator);
    }

    @Override
    public String toString() {
        return "VerificationKey" + said.inBrackets();
    }
}
