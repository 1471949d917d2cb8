package io.coapgate.crypto.cose;

import static io.coapgate.crypto.cose.CoseException.Reason.WRONG_STRUCTURE;

import io.coapgate.crypto.key.Thumbprint;

/** A message with one signature (COSE_Sign1, RFC 9052 §4.2). Immutable; parsed strictly, as {@link CoseMessage} says. */
public final class CoseSign1 implements CoseMessage {

    private final Authenticated message;

    CoseSign1(Authenticated message) {
        this.message = message;
    }

    /**
     * Parses a COSE_Sign1 that carries its tag; any other structure is {@code WRONG_STRUCTURE}.
     *
     * @throws CoseException if it is too large, malformed, or breaks a rule for headers
     */
    public static CoseSign1 decode(byte[] message, int maxBytes) throws CoseException {
        if (CoseMessage.decode(message, maxBytes) instanceof CoseSign1 decoded) {
            return decoded;
        }
        throw new CoseException(WRONG_STRUCTURE, "a COSE message of another structure");
    }

    /**
     * Makes a tagged message: algorithm protected, the key's identifier, if it has one, unprotected.
     *
     * @throws IllegalArgumentException if the key's algorithm makes no signature
     */
    public static byte[] create(SigningKey key, byte[] payload, byte[] externalAad) {
        return Authenticated.create(CoseEnvelope.Structure.SIGN1, key, payload, externalAad);
    }

    @Override
    public CoseHeaders headers() {
        return message.headers();
    }

    @Override
    public byte[] unverifiedPayload() {
        return message.payload();
    }

    @Override
    public byte[] verify(VerificationKey key, byte[] externalAad) throws CoseException {
        return message.verify(key, externalAad);
    }

    @Override
    public Thumbprint authenticatedThumbprint() {
        return message.thumbprint();
    }

    @Override
    public String toString() {
        return "CoseSign1[" + headers() + "]";
    }
}
