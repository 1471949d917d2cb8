package io.coapgate.crypto.cose;

import io.coapgate.crypto.key.Spare;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;

/** Checks signatures with one JCA key, which has been checked itself. */
final class SignatureChecker implements Checker {

    private final CoseAlgorithm algorithm;
    private final PublicKey key;
    private final Spare<Signature> spare = new Spare<>();

    SignatureChecker(CoseAlgorithm algorithm, PublicKey key) {
        this.algorithm = algorithm;
        this.key = key;
    }

    @Override
    public boolean accepts(byte[] authenticated, byte[] authenticator) {
        try {
            Signature signature = spare.take();
            if (signature == null) {
                signature = Signature.getInstance(algorithm.jcaName());
                signature.initVerify(key);
            }
            signature.update(authenticated);
            boolean accepted = signature.verify(authenticator); // and is ready for the next
            spare.put(signature);
            return accepted;
        } catch (SignatureException e) {
            return false; // bytes that are no signature at all: providers differ in how they say so
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no provider verifies " + algorithm + " with a checked key", e);
        }
    }
}
