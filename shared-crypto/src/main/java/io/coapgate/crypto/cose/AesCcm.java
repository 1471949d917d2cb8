package io.coapgate.crypto.cose;

import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.crypto.key.Spare;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.modes.CCMBlockCipher;
import org.bouncycastle.crypto.modes.CCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/** AES in Counter with CBC-MAC Mode (RFC 9053 §4.2), which the JDK does not have: Bouncy Castle's mode around the JDK's AES. */
final class AesCcm implements Aead {

    /** The mode asks for a key with every message, to hand it to the block cipher, which has it already. */
    private static final KeyParameter HELD_BY_THE_CIPHER = new KeyParameter(new byte[0]);

    private final int tagLength;
    private final SecretKey key;
    private final Spare<JdkAes> spare = new Spare<>();

    AesCcm(CoseAlgorithm algorithm, SecretBytes secret) {
        this.tagLength = algorithm.tagLength();
        byte[] exposed = secret.expose();
        this.key = new SecretKeySpec(exposed, "AES");
        Arrays.fill(exposed, (byte) 0);
    }

    @Override
    public byte[] seal(byte[] nonce, byte[] plaintext, byte[] additional) {
        try {
            return run(true, nonce, plaintext, additional);
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException("AES-CCM does not encrypt", e);
        }
    }

    @Override
    public Optional<byte[]> open(byte[] nonce, byte[] ciphertext, byte[] additional) {
        if (ciphertext.length < tagLength) {
            return Optional.empty();
        }
        try {
            return Optional.of(run(false, nonce, ciphertext, additional));
        } catch (InvalidCipherTextException e) {
            return Optional.empty();
        }
    }

    private byte[] run(boolean encrypt, byte[] nonce, byte[] input, byte[] additional)
            throws InvalidCipherTextException {
        JdkAes aes = spare.take();
        if (aes == null) {
            aes = new JdkAes(key);
        }
        // The mode itself is new each time: it keeps what it has read.
        CCMModeCipher cipher = CCMBlockCipher.newInstance(aes);
        cipher.init(encrypt, new AEADParameters(HELD_BY_THE_CIPHER, Byte.SIZE * tagLength, nonce, additional));
        byte[] output = new byte[cipher.getOutputSize(input.length)];
        int length = cipher.processBytes(input, 0, input.length, output, 0);
        cipher.doFinal(output, length);
        spare.put(aes);
        return output;
    }
}
