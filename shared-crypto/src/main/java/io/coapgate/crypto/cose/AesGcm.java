package io.coapgate.crypto.cose;

import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.crypto.key.Spare;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES in Galois/Counter Mode (RFC 9053 §4.1), by JCA. */
final class AesGcm implements Aead {

    private static final String NAME = "AES/GCM/NoPadding";

    private final int tagLength;
    private final SecretKey key;
    private final Spare<Cipher> spare = new Spare<>();

    AesGcm(CoseAlgorithm algorithm, SecretBytes secret) {
        this.tagLength = algorithm.tagLength();
        byte[] exposed = secret.expose();
        this.key = new SecretKeySpec(exposed, "AES");
        Arrays.fill(exposed, (byte) 0);
    }

    @Override
    public byte[] seal(byte[] nonce, byte[] plaintext, byte[] additional) {
        try {
            return run(Cipher.ENCRYPT_MODE, nonce, plaintext, additional);
        } catch (InvalidAlgorithmParameterException e) {
            // The platform remembers the last nonce of a cipher: a caller's mistake that it finds only by luck.
            throw new IllegalArgumentException("a nonce that this key has encrypted with already", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no usable " + NAME, e);
        }
    }

    @Override
    public Optional<byte[]> open(byte[] nonce, byte[] ciphertext, byte[] additional) {
        if (ciphertext.length < tagLength) {
            return Optional.empty(); // the JDK's own answer to it is sometimes an unchecked exception
        }
        try {
            return Optional.of(run(Cipher.DECRYPT_MODE, nonce, ciphertext, additional));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no usable " + NAME, e);
        }
    }

    private byte[] run(int mode, byte[] nonce, byte[] input, byte[] additional) throws GeneralSecurityException {
        Cipher cipher = spare.take();
        if (cipher == null) {
            cipher = Cipher.getInstance(NAME);
        }
        cipher.init(mode, key, new GCMParameterSpec(Byte.SIZE * tagLength, nonce));
        cipher.updateAAD(additional);
        byte[] output = cipher.doFinal(input);
        spare.put(cipher);
        return output;
    }
}
