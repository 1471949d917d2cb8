package io.coapgate.crypto.key;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Objects;

/** Makes signatures with one private key, by one JCA algorithm. Safe for use by several threads. */
public final class SignatureMaker {

    private final String jcaName;
    private final PrivateKey key;
    private final Spare<Signature> spare = new Spare<>();

    public SignatureMaker(String jcaName, PrivateKey key) {
        this.jcaName = Objects.requireNonNull(jcaName, "jcaName");
        this.key = Objects.requireNonNull(key, "key");
    }

    /**
     * The signature over these bytes, in the algorithm's own encoding.
     *
     * @throws GeneralSecurityException if no provider signs by this algorithm with this key
     */
    public byte[] sign(byte[] bytes) throws GeneralSecurityException {
        Signature signature = spare.take();
        if (signature == null) {
            signature = Signature.getInstance(jcaName);
            signature.initSign(key);
        }
        signature.update(bytes);
        byte[] made = signature.sign(); // and is ready for the next
        spare.put(signature);
        return made;
    }
}
