package io.coapgate.crypto.cose;

import io.coapgate.crypto.key.SecretBytes;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.CCMBlockCipher;
import org.bouncycastle.crypto.modes.CCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/** AES in Counter with CBC-MAC Mode (RFC 9053 §4.2), which the JDK does not have, by Bouncy Castle. */
final class AesCcm implements Aead {

    private final int tagLength;
    private final KeyParameter key;

    AesCcm(CoseAlgorithm algorithm, SecretBytes secret) {
        this.tagLength = algorithm.tagLength();
        byte[] exposed = secret.expose();
        this.key = new KeyParameter(exposed);
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
        CCMModeCipher cipher = CCMBlockCipher.newInstance(AESEngine.newInstance());
        cipher.init(encrypt, new AEADParameters(key, Byte.SIZE * tagLength, nonce, additional));
        byte[] output = new byte[cipher.getOutputSize(input.length)];
        int length = cipher.processBytes(input, 0, input.length, output, 0);
        cipher.doFinal(output, length);
        return output;
    }
}
