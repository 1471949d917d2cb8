package io.coapgate.crypto.key;

import static io.coapgate.crypto.key.KeyFormatException.Reason.INVALID_POINT;
import static io.coapgate.crypto.key.KeyFormatException.Reason.MALFORMED;
import static io.coapgate.crypto.key.KeyFormatException.Reason.UNSUPPORTED;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Security;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Ed25519 keys (RFC 8032) from and to their bare 32 bytes.
 *
 * <p>A public key that comes from here is a canonically encoded point on the curve and not one of the eight of small
 * order, under which anybody could sign anything.
 */
public final class Ed25519 {

    /** The length of a public key and of a private seed. */
    public static final int KEY_BYTES = 32;

    // The fixed DER in front of the 32 bytes (RFC 8410 §4 and §7).
    private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final byte[] PKCS8_PREFIX = HexFormat.of().parseHex("302e020100300506032b657004220420");

    private Ed25519() {}

    /** Whether this is an Ed25519 key, public or private, in the standard encoding. */
    public static boolean isOn(Key key) {
        byte[] prefix = key instanceof PrivateKey ? PKCS8_PREFIX : SPKI_PREFIX;
        byte[] encoded = key.getEncoded();
        boolean on = encoded != null && hasPrefix(encoded, prefix);
        wipe(key, encoded);
        return on;
    }

    /**
     * The public key of these 32 bytes.
     *
     * @throws KeyFormatException if they are no point on the curve or one of small order
     */
    public static PublicKey publicKey(byte[] bytes) throws KeyFormatException {
        requireLength(bytes);
        if (!EdwardsPoint.isAcceptable(bytes)) {
            throw new KeyFormatException(INVALID_POINT, "not the point of an Ed25519 public key");
        }
        try {
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(join(SPKI_PREFIX, bytes)));
        } catch (GeneralSecurityException e) {
            throw new KeyFormatException(UNSUPPORTED, "no provider takes this Ed25519 public key");
        }
    }

    /** Refuses a public key that is not an acceptable Ed25519 key, whoever made it. */
    public static PublicKey checked(PublicKey key) throws KeyFormatException {
        if (!isOn(key)) {
            throw new KeyFormatException(UNSUPPORTED, "not an Ed25519 public key");
        }
        return publicKey(bytes(key));
    }

    /** The private key of this 32-byte seed. */
    public static PrivateKey privateKey(byte[] seed) throws KeyFormatException {
        requireLength(seed);
        byte[] encoded = join(PKCS8_PREFIX, seed);
        try {
            return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new KeyFormatException(UNSUPPORTED, "no provider takes this Ed25519 private key");
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    /** The 32 bytes of a public key. */
    public static byte[] bytes(PublicKey key) throws KeyFormatException {
        return tail(key, SPKI_PREFIX);
    }

    /** The 32-byte seed of a private key; zero it after use. */
    public static byte[] seed(PrivateKey key) throws KeyFormatException {
        return tail(key, PKCS8_PREFIX);
    }

    /** The private key with the public key that belongs to it. */
    public static KeyPair keyPair(PrivateKey privateKey) throws KeyFormatException {
        byte[] seed = seed(privateKey);
        try {
            for (Provider provider : Security.getProviders("KeyPairGenerator.Ed25519")) {
                KeyPair pair = generate(provider, seed);
                // Only a generator that took our bytes for its randomness made this very private key.
                if (Arrays.equals(seed, seed(pair.getPrivate()))) {
                    return new KeyPair(publicKey(bytes(pair.getPublic())), privateKey);
                }
            }
            throw new KeyFormatException(UNSUPPORTED, "no provider derives an Ed25519 public key");
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    private static KeyPair generate(Provider provider, byte[] seed) throws KeyFormatException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519", provider);
            generator.initialize(NamedParameterSpec.ED25519, new FixedRandom(seed));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new KeyFormatException(UNSUPPORTED, "no provider derives an Ed25519 public key");
        }
    }

    private static byte[] tail(Key key, byte[] prefix) throws KeyFormatException {
        byte[] encoded = key.getEncoded();
        try {
            if (encoded == null || !hasPrefix(encoded, prefix)) {
                throw new KeyFormatException(UNSUPPORTED, "not an Ed25519 key in the standard encoding");
            }
            return Arrays.copyOfRange(encoded, prefix.length, encoded.length);
        } finally {
            wipe(key, encoded);
        }
    }

    /** A private key's encoding is a copy that nobody else has. */
    private static void wipe(Key key, byte @Nullable [] encoded) {
        if (encoded != null && key instanceof PrivateKey) {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    private static boolean hasPrefix(byte[] encoded, byte[] prefix) {
        return encoded.length == prefix.length + KEY_BYTES
                && Arrays.equals(encoded, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static void requireLength(byte[] bytes) throws KeyFormatException {
        if (bytes.length != KEY_BYTES) {
            throw new KeyFormatException(MALFORMED, "an Ed25519 key has 32 bytes, not " + bytes.length);
        }
    }

    private static byte[] join(byte[] prefix, byte[] bytes) {
        byte[] joined = Arrays.copyOf(prefix, prefix.length + bytes.length);
        System.arraycopy(bytes, 0, joined, prefix.length, bytes.length);
        return joined;
    }

    /** Hands out a known seed in place of randomness; lives for one key generation. */
    private static final class FixedRandom extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final byte[] seed;

        FixedRandom(byte[] seed) {
            this.seed = Objects.requireNonNull(seed, "seed");
        }

        @Override
        public void nextBytes(byte[] bytes) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = seed[i % seed.length];
            }
        }
    }
}
