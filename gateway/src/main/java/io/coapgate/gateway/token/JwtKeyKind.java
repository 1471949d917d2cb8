package io.coapgate.gateway.token;

import io.coapgate.crypto.jose.JwtAlgorithm;
import io.coapgate.crypto.jose.JwtSigningKey;
import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.gateway.keys.KeyKind;
import io.coapgate.gateway.keys.KeyMaterial;
import io.coapgate.gateway.keys.KeyUse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/** Keys that sign JWTs; each is kept as PEM. */
public record JwtKeyKind(JwtAlgorithm jwtAlgorithm, SecureRandom random) implements KeyKind {
    @Override
    public KeyUse use() {
        return KeyUse.JWT;
    }

    @Override
    public String algorithm() {
        return jwtAlgorithm.jwsName();
    }

    @Override
    public KeyMaterial make() {
        JwtSigningKey key = JwtSigningKey.generate(jwtAlgorithm, random);
        return material(key, SecretBytes.copyOf(key.toPem().getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public KeyMaterial read(SecretBytes secret) throws KeyFormatException {
        return material(signingKey(secret), secret);
    }

    static JwtSigningKey signingKey(SecretBytes secret) throws KeyFormatException {
        return JwtSigningKey.fromPem(new String(secret.expose(), StandardCharsets.UTF_8));
    }

    private static KeyMaterial material(JwtSigningKey key, SecretBytes pem) {
        return new KeyMaterial(key.keyId(), key.algorithm().jwsName(), pem);
    }
}
