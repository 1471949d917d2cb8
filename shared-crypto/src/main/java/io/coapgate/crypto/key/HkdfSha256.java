package io.coapgate.crypto.key;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HKDF with SHA-256 (RFC 5869): derives independent keys from one secret. */
public final class HkdfSha256 {

    private static final int HASH_BYTES = 32;
    private static final int MAX_OUTPUT_BYTES = 255 * HASH_BYTES;

    private HkdfSha256() {}

    /**
     * Extracts and expands (RFC 5869 §2.2, §2.3).
     *
     * @param salt not secret; empty stands for 32 zero bytes, as RFC 5869 §2.2 says
     * @param info what the derived key is for: another purpose, another key
     * @param length the wanted number of bytes, 1 to 8160
     */
    public static SecretBytes derive(SecretBytes inputKey, byte[] salt, byte[] info, int length) {
        if (length < 1 || length > MAX_OUTPUT_BYTES) {
            throw new IllegalArgumentException("HKDF-SHA-256 yields 1 to 8160 bytes, not " + length);
        }
        byte[] exposed = inputKey.expose();
        byte[] extracted = hmac(salt.length == 0 ? new byte[HASH_BYTES] : salt).doFinal(exposed);
        byte[] output = expand(hmac(extracted), info, length);
        try {
            return SecretBytes.copyOf(output);
        } finally {
            Arrays.fill(exposed, (byte) 0);
            Arrays.fill(extracted, (byte) 0);
            Arrays.fill(output, (byte) 0);
        }
    }

    private static byte[] expand(Mac hmac, byte[] info, int length) {
        byte[] output = new byte[length];
        byte[] block = new byte[0];
        int counter = 1;
        for (int done = 0; done < length; done += HASH_BYTES) {
            hmac.update(block);
            hmac.update(info);
            hmac.update((byte) counter++);
            block = hmac.doFinal();
            System.arraycopy(block, 0, output, done, Math.min(HASH_BYTES, length - done));
        }
        return output;
    }

    private static Mac hmac(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no usable HmacSHA256", e);
        }
    }
}
