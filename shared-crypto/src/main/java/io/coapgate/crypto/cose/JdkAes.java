package io.coapgate.crypto.cose;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.CipherParameters;

/**
 * The JDK's AES as the block cipher of a Bouncy Castle mode: it uses the processor's AES instructions, where Bouncy
 * Castle's own looks secret bytes up in tables, which takes longer and whose time a neighbour on the processor can tell.
 * Keyed once, for encryption, which is all that counter modes need. Not for use by several threads.
 */
final class JdkAes implements BlockCipher {

    private static final int BLOCK_BYTES = 16;

    /** By itself the mode that hides nothing; the mode around this class does. */
    private static final String ONE_BLOCK_AT_A_TIME = "AES/ECB/NoPadding";

    private final Cipher cipher;

    JdkAes(SecretKey key) {
        try {
            cipher = Cipher.getInstance(ONE_BLOCK_AT_A_TIME);
            cipher.init(Cipher.ENCRYPT_MODE, key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no usable AES", e);
        }
    }

    @Override
    public void init(boolean forEncryption, CipherParameters parameters) {
        if (!forEncryption) {
            throw new IllegalArgumentException("a block cipher for modes that only encrypt");
        }
    }

    @Override
    public int processBlock(byte[] in, int inOffset, byte[] out, int outOffset) {
        try {
            return cipher.update(in, inOffset, BLOCK_BYTES, out, outOffset);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES does not take a block", e);
        }
    }

    @Override
    public String getAlgorithmName() {
        return "AES";
    }

    @Override
    public int getBlockSize() {
        return BLOCK_BYTES;
    }

    @Override
    public void reset() {
        // nothing is kept between blocks
    }
}
