package io.coapgate.simulator.device;

import io.coapgate.crypto.ace.DtlsKeyDerivation;
import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.cwt.CwtIssuer;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * The part of an ACE authorization server (RFC 9200) that makes tokens: CWTs whose {@code cnf} (RFC 8747) is the key that
 * the device authenticates its DTLS session with. It hands them to whom it is asked for, and is meant for demonstrations
 * and tests. Thread-safe.
 */
public final class AuthorizationServer {
    private static final int KEY_NAME_BYTES = 8;

    private final String name;
    private final KeyPair keys;
    private final CwtIssuer issuer;
    private final Clock clock;
    private final SecureRandom random;

    /**
     * @param name the {@code iss} of its tokens
     * @param keys on P-256 or Ed25519
     */
    public AuthorizationServer(String name, KeyPair keys, Clock clock, SecureRandom random) {
        try {
            this.issuer = new CwtIssuer(name, SelfIssuedTokens.signingKey(keys));
        } catch (CoseException e) {
            throw new IllegalArgumentException("an authorization server signs with P-256 or Ed25519", e);
        }
        this.name = name;
        this.keys = keys;
        this.clock = clock;
        this.random = random;
    }

    public String name() {
        return name;
    }

    /** The key by which a gateway verifies the tokens. */
    public PublicKey publicKey() {
        return keys.getPublic();
    }

    /** The COSE algorithm of the tokens, as configuration files name it. */
    public String algorithm() {
        return keys.getPublic().getAlgorithm().equals("EC") ? "ES256" : "EdDSA";
    }

    /** Tokens for this device, bound to its credential. */
    public TokenSource tokensFor(String deviceId, Credential credential, TokenGrant grant) {
        Confirmation confirmation = confirmation(credential);
        return () -> issuer.issue(SelfIssuedTokens.claims(deviceId, grant, clock.instant(), random)
                .confirmation(confirmation)
                .build());
    }

    /**
     * Tokens that this device brings in its handshake: they name a new key, which the gateway derives as well.
     *
     * @param derivationKey that the gateway has for this authorization server
     */
    public Supplier<Credential.AccessToken> handshakeTokensFor(
            String deviceId, PskSuite suite, SecretBytes derivationKey, TokenGrant grant) {
        return () -> {
            byte[] name = new byte[KEY_NAME_BYTES];
            random.nextBytes(name);
            byte[] token = issuer.issue(SelfIssuedTokens.claims(deviceId, grant, clock.instant(), random)
                    .confirmation(Confirmation.of(KeyId.of(name)))
                    .build());
            return new Credential.AccessToken(token, DtlsKeyDerivation.derive(derivationKey, token), suite);
        };
    }

    /** A pre-shared key is named by its identity, which both sides know; any other key is in the token itself. */
    private static Confirmation confirmation(Credential credential) {
        if (credential instanceof Credential.PreSharedKey psk) {
            return Confirmation.of(KeyId.of(psk.identity().getBytes(StandardCharsets.UTF_8)));
        }
        PublicKey key = credential instanceof Credential.RawPublicKey rpk
                ? rpk.keys().getPublic()
                : ((Credential.Certificate) credential).keys().getPublic();
        try {
            return Confirmation.of(CoseKey.ofPublicKey(key));
        } catch (CoseException e) {
            throw new IllegalArgumentException("a token can be bound to a key on P-256 or Ed25519 only", e);
        }
    }
}
