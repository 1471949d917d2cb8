package io.coapgate.crypto.cose;

import static io.coapgate.crypto.cose.CoseException.Reason.ALGORITHM_MISMATCH;
import static io.coapgate.crypto.cose.CoseException.Reason.BAD_SIGNATURE;

import com.upokecenter.cbor.CBORObject;
import io.coapgate.crypto.cose.CoseEnvelope.Structure;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Set;

/**
 * A message encrypted and authenticated with a key that both sides know (COSE_Encrypt0, RFC 9052 §5.2). Immutable.
 *
 * <p>Who can decrypt such messages can also make them: that one decrypts says that some holder of the key made it.
 */
public final class CoseEncrypt0 {

    /** A random nonce repeats after about 2^(bits/2) messages; shorter ones than GCM's must be counted. */
    private static final int MIN_RANDOM_NONCE = 12;

    private final CoseEnvelope envelope;
    private final byte[] untagged;

    private CoseEncrypt0(CoseEnvelope envelope, byte[] untagged) {
        this.envelope = envelope;
        this.untagged = untagged;
    }

    /** Whether these bytes begin with the tag of a COSE_Encrypt0. */
    public static boolean isTagged(byte[] message) {
        return Structure.of(message).filter(Structure.ENCRYPT0::equals).isPresent();
    }

    /**
     * Parses a COSE_Encrypt0 that carries its tag; any other structure is {@code WRONG_STRUCTURE}.
     *
     * @throws CoseException if it is too large, malformed, or breaks a rule for headers
     */
    public static CoseEncrypt0 decode(byte[] message, int maxBytes) throws CoseException {
        CoseEnvelope envelope = CoseEnvelope.decode(message, maxBytes, Set.of(Structure.ENCRYPT0));
        return new CoseEncrypt0(envelope, Arrays.copyOfRange(message, 1, message.length));
    }

    /** Reads a COSE_Encrypt0 that stands untagged inside another structure, which {@link StrictCbor} decoded. */
    public static CoseEncrypt0 ofCbor(CBORObject array) throws CoseException {
        return new CoseEncrypt0(CoseEnvelope.of(Structure.ENCRYPT0, array), StrictCbor.encode(array));
    }

    /**
     * Makes a tagged message under a random IV: algorithm protected, IV and the key's identifier unprotected.
     *
     * @throws IllegalArgumentException if the algorithm's nonces are too short to be random
     */
    public static byte[] create(EncryptionKey key, SecureRandom random, byte[] plaintext, byte[] externalAad) {
        int length = key.algorithm().nonceLength();
        if (length < MIN_RANDOM_NONCE) {
            throw new IllegalArgumentException("nonces of " + length + " bytes are too short to be random: count them");
        }
        byte[] iv = new byte[length];
        random.nextBytes(iv);
        return create(key, iv, plaintext, externalAad);
    }

    /**
     * Makes a tagged message under this IV, which no other message under this key may have.
     *
     * @throws IllegalArgumentException if the IV has another length than the algorithm's nonces
     */
    public static byte[] create(EncryptionKey key, byte[] iv, byte[] plaintext, byte[] externalAad) {
        if (iv.length != key.algorithm().nonceLength()) {
            throw new IllegalArgumentException(
                    key.algorithm() + " takes IVs of " + key.algorithm().nonceLength() + " bytes, not " + iv.length);
        }
        return create(key, HeaderReader.IV, iv, iv, plaintext, externalAad);
    }

    /**
     * Makes a tagged message under the key's Base IV and this Partial IV, which no other message under this key may have.
     *
     * @throws IllegalArgumentException if the key has no Base IV, or a shorter one
     */
    public static byte[] createWithPartialIv(
            EncryptionKey key, byte[] partialIv, byte[] plaintext, byte[] externalAad) {
        byte[] baseIv = key.baseIv().orElseThrow(() -> new IllegalArgumentException("a key without a Base IV"));
        if (partialIv.length > baseIv.length) {
            throw new IllegalArgumentException("a Partial IV that is longer than the Base IV");
        }
        byte[] nonce = Nonces.combined(baseIv, partialIv);
        return create(key, HeaderReader.PARTIAL_IV, partialIv, nonce, plaintext, externalAad);
    }

    private static byte[] create(
            EncryptionKey key, long label, byte[] shown, byte[] nonce, byte[] plaintext, byte[] externalAad) {
        byte[] protectedBytes = AlgorithmHeader.of(key.algorithm());
        CBORObject unprotected = CoseEnvelope.unprotected(key.keyId());
        unprotected.set(CBORObject.FromObject(label), CBORObject.FromObject(shown));
        byte[] additional = CoseEnvelope.additional(Structure.ENCRYPT0, protectedBytes, externalAad);
        byte[] ciphertext = key.seal(nonce, plaintext, additional);
        return CoseEnvelope.encode(Structure.ENCRYPT0, protectedBytes, unprotected, ciphertext);
    }

    /** The message without its tag, to stand inside another structure. */
    public CBORObject toCbor() {
        return CBORObject.DecodeFromBytes(untagged);
    }

    /** The header parameters, to find the key by. */
    public CoseHeaders headers() {
        return envelope.headers();
    }

    /**
     * Decrypts with this key, which fixes the algorithm, and hands out the plaintext if it is authentic.
     *
     * @param externalAad bytes that are authenticated and not in the message; {@link CoseMessage#NO_AAD} if there are none
     * @throws CoseException {@code ALGORITHM_MISMATCH} or {@code KEY_USE_REFUSED} before any cryptography, or
     *     {@code BAD_SIGNATURE}
     */
    public byte[] decrypt(DecryptionKey key, byte[] externalAad) throws CoseException {
        if (headers().algorithm() != key.algorithm()) {
            throw new CoseException(ALGORITHM_MISMATCH, "the message names another algorithm than its key has");
        }
        return key.open(headers(), envelope.content(), envelope.additional(externalAad))
                .orElseThrow(() -> new CoseException(BAD_SIGNATURE, "the message does not decrypt"));
    }

    @Override
    public String toString() {
        return "CoseEncrypt0[" + headers() + "]";
    }
}
