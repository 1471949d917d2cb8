package io.coapgate.crypto.cose;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;

/** Makes signatures with one JCA key. */
final class SignatureMaker implements Maker {

    private final CoseAlgorithm algorithm;
    private final PrivateKey key;
    private final Spare<Signature> spare = new Spare<>();

    SignatureMaker(CoseAlgorithm algorithm, PrivateKey key) {
        this.algorithm = algorithm;
        this.key = key;
    }

    @Override
    public byte[] authenticate(byte[] authenticated) {
        try {
            Signature signature = spare.take();
            if (signature == null) {
                signature = Signature.getInstance(algorithm.jcaName());
                signature.initSign(key);
            }
            signature.update(authenticated);
            byte[] made = signature.sign(); // and is ready for the next
            spare.put(signature);
            return made;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no provider signs " + algorithm + " with a checked key", e);
        }
    }
}
