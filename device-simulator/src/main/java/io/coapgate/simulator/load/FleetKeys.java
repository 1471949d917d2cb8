package io.coapgate.simulator.load;

import io.coapgate.crypto.key.EcCurve;
import io.coapgate.crypto.key.Ed25519;
import io.coapgate.crypto.key.HkdfSha256;
import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.crypto.key.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.Optional;

/** Derives all keys of a fleet from its seed: HKDF-SHA-256 with the key's purpose as {@code info}. Stateless. */
final class FleetKeys {
    private static final int PSK_BYTES = 16;
    private static final int PRIVATE_KEY_BYTES = 32;
    private static final int ATTEMPTS = 8;

    private final SecretBytes seed;

    FleetKeys(SecretBytes seed) {
        this.seed = seed;
    }

    SecretBytes psk(String purpose) {
        return derive("psk " + purpose, PSK_BYTES);
    }

    /** Tries again in the rare case, 1 in 2³², that the derived number is no private key. */
    KeyPair p256(String purpose) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<KeyPair> keys = p256(derive("p256 " + attempt + ' ' + purpose, PRIVATE_KEY_BYTES));
            if (keys.isPresent()) {
                return keys.get();
            }
        }
        throw new IllegalStateException("no P-256 key in " + ATTEMPTS + " attempts");
    }

    private static Optional<KeyPair> p256(SecretBytes secret) {
        byte[] scalar = secret.expose();
        try {
            return Optional.of(EcCurve.P_256.keyPair(EcCurve.P_256.privateKey(scalar)));
        } catch (KeyFormatException e) {
            return Optional.empty();
        } finally {
            Arrays.fill(scalar, (byte) 0);
        }
    }

    KeyPair ed25519(String purpose) {
        byte[] privateKey = derive("ed25519 " + purpose, PRIVATE_KEY_BYTES).expose();
        try {
            return Ed25519.keyPair(Ed25519.privateKey(privateKey));
        } catch (KeyFormatException e) {
            throw new IllegalStateException("any 32 bytes are an Ed25519 key", e);
        } finally {
            Arrays.fill(privateKey, (byte) 0);
        }
    }

    private SecretBytes derive(String purpose, int length) {
        byte[] info = ("coapgate fleet " + purpose).getBytes(StandardCharsets.UTF_8);
        return HkdfSha256.derive(seed, new byte[0], info, length);
    }
}
