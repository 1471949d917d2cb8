package io.coapgate.crypto.cose;

import static io.coapgate.crypto.cose.CoseException.Reason.ALGORITHM_MISMATCH;
import static io.coapgate.crypto.cose.CoseException.Reason.BAD_SIGNATURE;

import io.coapgate.crypto.cose.CoseEnvelope.Structure;
import io.coapgate.crypto.key.Thumbprint;

/** A message whose payload is in the open, with one signature or MAC: COSE_Sign1 and COSE_Mac0 are this. */
record Authenticated(CoseEnvelope envelope) {

    static byte[] create(Structure structure, SigningKey key, byte[] payload, byte[] externalAad) {
        structure.requireFits(key.algorithm());
        byte[] protectedBytes = AlgorithmHeader.of(key.algorithm());
        byte[] authenticator =
                key.authenticate(CoseEnvelope.authenticated(structure, protectedBytes, externalAad, payload));
        return CoseEnvelope.encode(
                structure, protectedBytes, CoseEnvelope.unprotected(key.keyId()), payload, authenticator);
    }

    CoseHeaders headers() {
        return envelope.headers();
    }

    byte[] payload() {
        return envelope.content().clone();
    }

    byte[] verify(VerificationKey key, byte[] externalAad) throws CoseException {
        if (envelope.headers().algorithm() != key.algorithm()) {
            throw new CoseException(ALGORITHM_MISMATCH, "the message names another algorithm than its key has");
        }
        byte[] authenticator = envelope.authenticator();
        if (authenticator.length != key.algorithm().tagLength()
                || !key.accepts(envelope.authenticated(externalAad), authenticator)) {
            throw new CoseException(BAD_SIGNATURE, "the signature or MAC does not verify");
        }
        return payload();
    }

    /** Names what was authenticated: unlike the message's bytes, nobody but the key's holder can vary it. */
    Thumbprint thumbprint() {
        return Thumbprint.ofContent(envelope.authenticated(CoseMessage.NO_AAD));
    }
}
