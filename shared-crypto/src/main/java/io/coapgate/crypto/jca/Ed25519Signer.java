package io.coapgate.crypto.jca;

import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Signs with one seed.
 *
 * <p>The public key, which goes into each signature, is computed here from that seed and never taken from outside: two
 * signatures of one message under different public keys give the private key away.
 */
final class Ed25519Signer {

    private final byte[] seed;
    private final byte[] publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];

    /** Takes the 32 bytes over, which nobody else may change. */
    Ed25519Signer(byte[] seed) {
        this.seed = seed;
        Ed25519.generatePublicKey(seed, 0, publicKey, 0);
    }

    byte[] sign(byte[] message, int length) {
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(seed, 0, publicKey, 0, message, 0, length, signature, 0);
        return signature;
    }

    /** Leaves nothing of the seed; not for use after that. */
    void destroy() {
        Arrays.fill(seed, (byte) 0);
    }
}
