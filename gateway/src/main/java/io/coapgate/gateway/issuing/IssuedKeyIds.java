package io.coapgate.gateway.issuing;

import io.coapgate.crypto.key.HkdfSha256;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.gateway.device.DeviceId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Names the symmetric keys that clients are given, and knows again which client got which name for which audience (RFC 9202
 * §4) without keeping any: 8 random bytes, and 8 that are a MAC over them, the client and the audience. Thread-safe.
 */
final class IssuedKeyIds {
    private static final int RANDOM_BYTES = 8;
    private static final int TAG_BYTES = 8;

    private final SecretBytes key;
    private final SecureRandom random;

    /** @param key of the gateway alone; as long as it stays the same, names are known again */
    IssuedKeyIds(SecretBytes key, SecureRandom random) {
        this.key = key;
        this.random = random;
    }

    KeyId create(DeviceId client, TokenAudience audience) {
        byte[] unique = new byte[RANDOM_BYTES];
        KeyId name;
        do {
            random.nextBytes(unique);
            name = name(unique, client, audience);
        } while (!TextSafety.isTextSafe(name.bytes()));
        return name;
    }

    /** Whether this client was given a key of this name for this audience. */
    boolean wasIssued(KeyId id, DeviceId client, TokenAudience audience) {
        byte[] bytes = id.bytes();
        byte[] unique = Arrays.copyOf(bytes, RANDOM_BYTES);
        return MessageDigest.isEqual(bytes, name(unique, client, audience).bytes());
    }

    private KeyId name(byte[] unique, DeviceId client, TokenAudience audience) {
        byte[] tag = HkdfSha256.derive(key, unique, info(client, audience), TAG_BYTES)
                .expose();
        return KeyId.of(ByteBuffer.allocate(RANDOM_BYTES + TAG_BYTES)
                .put(unique)
                .put(tag)
                .array());
    }

    /** The zero can stand in neither name, so that no two pairs make one info. */
    private static byte[] info(DeviceId client, TokenAudience audience) {
        return ("coapgate key of " + client.value() + '\0' + audience.name()).getBytes(StandardCharsets.UTF_8);
    }
}
