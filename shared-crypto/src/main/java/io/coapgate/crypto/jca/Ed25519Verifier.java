package io.coapgate.crypto.jca;

import java.security.SignatureException;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;

/**
 * Verifies with one public key, whose point is computed once.
 *
 * <p>Refused are a point that is not on the curve or not in its one encoding, as key and in a signature; a key of small
 * order, under which anybody can sign; and S of L or more, by which a signature had a second form.
 *
 * <p>The equation is RFC 8032 §5.1.7's, times eight; the same section allows it without that factor, as the JDK has it. The
 * difference: a signer can add a point of small order to a signature of its own, or to its key, and have here what the JDK
 * refuses. That takes the private key, whose holder can sign anything anyway.
 */
final class Ed25519Verifier {

    /** Null if the key is no acceptable point. */
    private final Ed25519.@Nullable PublicPoint point;

    /** The verifier for these 32 bytes; for a point that is not acceptable one that refuses everything. */
    Ed25519Verifier(byte[] publicKey) {
        // Not an exception: JCA would try the key with the JDK's provider, which accepts points of small order.
        this.point = Ed25519.validatePublicKeyPartialExport(publicKey, 0);
    }

    /**
     * Whether this is the key's signature over the first bytes of the message.
     *
     * @throws SignatureException if it has not the length of one, as the JDK says it too
     */
    boolean accepts(byte[] message, int length, byte[] signature) throws SignatureException {
        if (signature.length != Ed25519.SIGNATURE_SIZE) {
            throw new SignatureException("an Ed25519 signature has 64 bytes, not " + signature.length);
        }
        return point != null && Ed25519.verify(signature, 0, point, message, 0, length);
    }
}
