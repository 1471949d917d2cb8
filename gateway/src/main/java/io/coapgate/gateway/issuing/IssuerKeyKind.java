package io.coapgate.gateway.issuing;

import static io.coapgate.crypto.key.KeyFormatException.Reason.MALFORMED;

import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.crypto.key.Pem;
import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.gateway.keys.KeyKind;
import io.coapgate.gateway.keys.KeyMaterial;
import io.coapgate.gateway.keys.KeyUse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.HexFormat;

/** The authorization server's keys: secrets for MACs, kept as hexadecimal digits, or key pairs on P-256, kept as PEM. */
public final class IssuerKeyKind implements KeyKind {
    private final KeyUse use;
    private final SecureRandom random;

    private IssuerKeyKind(KeyUse use, SecureRandom random) {
        this.use = use;
        this.random = random;
    }

    /** For tokens that are for the gateway itself. */
    public static IssuerKeyKind forMacs(SecureRandom random) {
        return new IssuerKeyKind(KeyUse.CWT_MAC, random);
    }

    /** For tokens that others verify. */
    public static IssuerKeyKind forSignatures(SecureRandom random) {
        return new IssuerKeyKind(KeyUse.CWT_SIGNATURE, random);
    }

    @Override
    public KeyUse use() {
        return use;
    }

    @Override
    public String algorithm() {
        return use == KeyUse.CWT_MAC ? "HMAC 256/64" : "ES256";
    }

    @Override
    public KeyMaterial make() {
        try {
            return read(SecretBytes.copyOf(newText().getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform makes no keys for " + algorithm(), e);
        }
    }

    @Override
    public KeyMaterial read(SecretBytes secret) throws KeyFormatException {
        String id = HexFormat.of().formatHex(key(use, secret).id().bytes());
        return new KeyMaterial(id, algorithm(), secret);
    }

    private String newText() throws GeneralSecurityException {
        if (use == KeyUse.CWT_MAC) {
            return HexFormat.of()
                    .formatHex(
                            SecretBytes.random(IssuerKey.SECRET_BYTES, random).expose());
        }
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return Pem.encode(generator.generateKeyPair().getPrivate());
    }

    static IssuerKey key(KeyUse use, SecretBytes secret) throws KeyFormatException {
        String text = new String(secret.expose(), StandardCharsets.US_ASCII).strip();
        try {
            return use == KeyUse.CWT_MAC
                    ? IssuerKey.ofSecret(SecretBytes.copyOf(HexFormat.of().parseHex(text)))
                    : IssuerKey.ofKeyPair(Pem.keyPair(text));
        } catch (IllegalArgumentException e) {
            throw new KeyFormatException(MALFORMED, "not a key of an issuer for " + use.label());
        }
    }
}
