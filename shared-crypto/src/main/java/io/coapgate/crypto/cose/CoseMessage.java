package io.coapgate.crypto.cose;

import io.coapgate.crypto.key.Thumbprint;

/**
 * A COSE message with one signature or MAC and its payload in the open (RFC 9052 §4.2, §6.2), parsed and not yet verified. Immutable.
 *
 * <p>The two structures differ in their tag and in what they compute, and a message is only ever verified as the
 * structure that its tag says.
 */
public sealed interface CoseMessage permits CoseSign1, CoseMac0 {

    /** No additional authenticated data. */
    byte[] NO_AAD = {};

    /** The header parameters, to find the key by. */
    CoseHeaders headers();

    /** A copy of the payload, which anybody may have written: to find the key by, for nothing else. */
    byte[] unverifiedPayload();

    /**
     * Verifies with this key, which fixes the algorithm, and hands out the payload.
     *
     * @param externalAad bytes that are authenticated and not in the message; {@link #NO_AAD} if there are none
     * @throws CoseException {@code ALGORITHM_MISMATCH} before any cryptography, or {@code BAD_SIGNATURE}
     */
    byte[] verify(VerificationKey key, byte[] externalAad) throws CoseException;

    /**
     * Names what is authenticated, without external data: header and payload. The bytes of the whole message will not do
     * for that, since anybody can vary the unprotected headers and turn one ECDSA signature into another.
     */
    Thumbprint authenticatedThumbprint();

    /**
     * Parses a message of either structure, which must carry its tag; any other is {@code WRONG_STRUCTURE}.
     *
     * @throws CoseException if it is too large, malformed, or breaks a rule for headers
     */
    static CoseMessage decode(byte[] message, int maxBytes) throws CoseException {
        CoseEnvelope envelope = CoseEnvelope.decode(message, maxBytes, CoseEnvelope.AUTHENTICATED);
        Authenticated authenticated = new Authenticated(envelope);
        return envelope.structure() == CoseEnvelope.Structure.SIGN1
                ? new CoseSign1(authenticated)
                : new CoseMac0(authenticated);
    }
}
