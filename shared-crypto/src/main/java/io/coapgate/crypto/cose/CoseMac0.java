package io.coapgate.crypto.cose;

import static io.coapgate.crypto.cose.CoseException.Reason.WRONG_STRUCTURE;

import io.coapgate.crypto.key.Thumbprint;

/** A message with one MAC (COSE_Mac0, RFC 9052 §6.2). Immutable; parsed strictly, as {@link CoseMessage} says. */
public final class CoseMac0 implements CoseMessage {

    private final Authenticated message;

    CoseMac0(Authenticated message) {
        this.message = message;
    }

    /**
     * Parses a COSE_Mac0 that carries its tag; any other structure is {@code WRONG_STRUCTURE}.
     *
     * @throws CoseException if it is too large, malformed, or breaks a rule for headers
     */
    public static CoseMac0 decode(byte[] message, int maxBytes) throws CoseException {
        if (CoseMessage.decode(message, maxBytes) instanceof CoseMac0 decoded) {
            return decoded;
        }
        throw new CoseException(WRONG_STRUCTURE, "a COSE message of another structure");
    }

    /**
     * Makes a tagged message: algorithm protected, the key's identifier, if it has one, unprotected.
     *
     * @throws IllegalArgumentException if the key's algorithm makes no MAC
     */
    public static byte[] create(SigningKey key, byte[] payload, byte[] externalAad) {
        return Authenticated.create(CoseEnvelope.Structure.MAC0, key, payload, externalAad);
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
        return "CoseMac0[" + headers() + "]";
    }
}
