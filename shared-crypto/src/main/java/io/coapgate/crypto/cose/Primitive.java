package io.coapgate.crypto.cose;

import static io.coapgate.crypto.cose.CoseException.Reason.INVALID_KEY;

import io.coapgate.crypto.key.SecretBytes;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** One JCA key with its one algorithm: the only place of this package where cryptography happens. */
sealed interface Primitive {

    /** Signs, or makes a MAC. */
    byte[] authenticate(byte[] authenticated);

    /** Whether this is the signature or MAC of those bytes; of the right length, the caller has seen to. */
    boolean accepts(byte[] authenticated, byte[] authenticator);

    static Primitive verifying(CoseAlgorithm algorithm, PublicKey key) {
        return new Verifying(algorithm, key);
    }

    static Primitive signing(CoseAlgorithm algorithm, PrivateKey key) {
        return new Signing(algorithm, key);
    }

    static Primitive mac(CoseAlgorithm algorithm, SecretBytes secret) throws CoseException {
        if (algorithm.kind() != CoseAlgorithm.Kind.MAC) {
            throw new CoseException(INVALID_KEY, "a shared secret for a signature");
        }
        // A key shorter than the hash weakens HMAC (RFC 2104 §3), and RFC 9053 §3.1 wants the lengths checked.
        if (secret.length() < Hmac.MIN_KEY_BYTES || secret.length() > Hmac.MAX_KEY_BYTES) {
            throw new CoseException(INVALID_KEY, "an HMAC key of " + secret.length() + " bytes, not 32 to 256");
        }
        byte[] exposed = secret.expose();
        try {
            return new Hmac(algorithm, new SecretKeySpec(exposed, algorithm.jcaName()));
        } finally {
            Arrays.fill(exposed, (byte) 0);
        }
    }

    /** Verifies signatures. */
    record Verifying(CoseAlgorithm algorithm, PublicKey key) implements Primitive {

        @Override
        public byte[] authenticate(byte[] authenticated) {
            throw new IllegalStateException("a public key signs nothing");
        }

        @Override
        public boolean accepts(byte[] authenticated, byte[] authenticator) {
            try {
                Signature signature = Signature.getInstance(algorithm.jcaName());
                signature.initVerify(key);
                signature.update(authenticated);
                return signature.verify(authenticator);
            } catch (SignatureException e) {
                return false; // bytes that are no signature at all: providers differ in how they say so
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("no provider verifies " + algorithm + " with a checked key", e);
            }
        }
    }

    /** Makes signatures. */
    record Signing(CoseAlgorithm algorithm, PrivateKey key) implements Primitive {

        @Override
        public byte[] authenticate(byte[] authenticated) {
            try {
                Signature signature = Signature.getInstance(algorithm.jcaName());
                signature.initSign(key);
                signature.update(authenticated);
                return signature.sign();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("no provider signs " + algorithm + " with a checked key", e);
            }
        }

        @Override
        public boolean accepts(byte[] authenticated, byte[] authenticator) {
            throw new IllegalStateException("a private key verifies nothing");
        }
    }

    /** Makes and verifies MACs, cut to the algorithm's length and compared in constant time. */
    record Hmac(CoseAlgorithm algorithm, SecretKey key) implements Primitive {

        static final int MIN_KEY_BYTES = 32;
        static final int MAX_KEY_BYTES = 256;

        @Override
        public byte[] authenticate(byte[] authenticated) {
            try {
                Mac mac = Mac.getInstance(algorithm.jcaName());
                mac.init(key);
                return Arrays.copyOf(mac.doFinal(authenticated), algorithm.tagLength());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this Java platform has no usable " + algorithm.jcaName(), e);
            }
        }

        @Override
        public boolean accepts(byte[] authenticated, byte[] authenticator) {
            return MessageDigest.isEqual(authenticate(authenticated), authenticator);
        }
    }
}
