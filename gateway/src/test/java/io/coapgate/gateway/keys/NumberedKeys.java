package io.coapgate.gateway.keys;

import io.coapgate.crypto.key.SecretBytes;
import java.nio.charset.StandardCharsets;

/** Keys that are called k1, k2 and so on. */
final class NumberedKeys implements KeyKind {
    private int made;
    private String algorithm = "ES256";

    void setAlgorithm(String algorithm) {
        this.algorithm = algorithm;
    }

    @Override
    public KeyUse use() {
        return KeyUse.JWT;
    }

    @Override
    public String algorithm() {
        return algorithm;
    }

    @Override
    public KeyMaterial make() {
        made++;
        return read(SecretBytes.copyOf(("k" + made).getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public KeyMaterial read(SecretBytes secret) {
        return new KeyMaterial(new String(secret.expose(), StandardCharsets.UTF_8), algorithm, secret);
    }
}
