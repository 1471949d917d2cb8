package io.coapgate.crypto.cose;

import static io.coapgate.crypto.cose.CoseException.Reason.INVALID_KEY;

import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.crypto.key.Spare;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Makes and checks MACs (RFC 9053 §3.1), cut to the algorithm's length and compared in constant time. */
final class Hmac implements Maker, Checker {

    private static final int MAX_KEY_BYTES = 256;

    private final CoseAlgorithm algorithm;
    private final SecretKey key;
    private final Spare<Mac> spare = new Spare<>();

    private Hmac(CoseAlgorithm algorithm, SecretKey key) {
        this.algorithm = algorithm;
        this.key = key;
    }

    static Hmac of(CoseAlgorithm algorithm, SecretBytes secret) throws CoseException {
        if (algorithm.kind() != CoseAlgorithm.Kind.MAC) {
            throw new CoseException(INVALID_KEY, "a MAC key for " + algorithm.ianaName());
        }
        // A key shorter than the hash weakens HMAC (RFC 2104 §3), and RFC 9053 §3.1 wants the lengths checked.
        int least = algorithm.keyLength();
        if (secret.length() < least || secret.length() > MAX_KEY_BYTES) {
            throw new CoseException(
                    INVALID_KEY, "an HMAC key of " + secret.length() + " bytes, not " + least + " to " + MAX_KEY_BYTES);
        }
        byte[] exposed = secret.expose();
        try {
            return new Hmac(algorithm, new SecretKeySpec(exposed, algorithm.jcaName()));
        } finally {
            Arrays.fill(exposed, (byte) 0);
        }
    }

    @Override
    public byte[] authenticate(byte[] authenticated) {
        try {
            Mac mac = spare.take();
            if (mac == null) {
                mac = Mac.getInstance(algorithm.jcaName());
                mac.init(key);
            }
            byte[] whole = mac.doFinal(authenticated); // and is ready for the next
            spare.put(mac);
            return whole.length == algorithm.tagLength() ? whole : Arrays.copyOf(whole, algorithm.tagLength());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no usable " + algorithm.jcaName(), e);
        }
    }

    @Override
    public boolean accepts(byte[] authenticated, byte[] authenticator) {
        return MessageDigest.isEqual(authenticate(authenticated), authenticator);
    }
}
