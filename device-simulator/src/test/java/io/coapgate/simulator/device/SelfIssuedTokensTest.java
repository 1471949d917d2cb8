package io.coapgate.simulator.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.VerificationKey;
import io.coapgate.crypto.cwt.CwtPolicy;
import io.coapgate.crypto.cwt.CwtVerifier;
import io.coapgate.crypto.cwt.InvalidCwtException;
import io.coapgate.crypto.cwt.VerifiedCwt;
import io.coapgate.crypto.key.HkdfSha256;
import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.simulator.launch.KeyPairs;
import io.coapgate.simulator.launch.Pki;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelfIssuedTokensTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final TokenGrant GRANT = new TokenGrant("coapgate", "a:read a:write", Duration.ofMinutes(10));
    private static final SecretBytes PSK = SecretBytes.copyOf("0123456789abcdef".getBytes(StandardCharsets.US_ASCII));

    @Test
    void saysWhoForWhomWhatAndUntilWhen() throws Exception {
        VerifiedCwt cwt = verify(tokens(psk()).token(), macKey());
        assertThat(cwt.issuer()).isEqualTo("meter-1");
        assertThat(cwt.claims().subject()).contains("meter-1");
        assertThat(cwt.claims().audience()).containsExactly("coapgate");
        assertThat(cwt.claims().scope()).contains("a:read a:write");
        assertThat(cwt.claims().issuedAt()).contains(NOW);
        assertThat(cwt.expiresAt()).isEqualTo(NOW.plus(Duration.ofMinutes(10)));
        assertThat(cwt.claims().id()).isPresent();
    }

    @Test
    void neverRepeatsATokenIdentifier() throws Exception {
        TokenSource tokens = tokens(psk());
        assertThat(verify(tokens.token(), macKey()).claims().id())
                .isNotEqualTo(verify(tokens.token(), macKey()).claims().id());
    }

    @Test
    void macsWithAKeyDerivedFromThePreSharedKeyAndNotWithThatKey() throws Exception {
        byte[] token = tokens(psk()).token();
        assertThat(verify(token, macKey()).algorithm()).contains(CoseAlgorithm.HMAC_256_256);

        SecretBytes otherPurpose = HkdfSha256.derive(PSK, new byte[0], new byte[0], 32);
        VerificationKey wrong = VerificationKey.of(CoseAlgorithm.HMAC_256_256, otherPurpose);
        assertThatExceptionOfType(InvalidCwtException.class)
                .isThrownBy(() -> verify(token, wrong))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(InvalidCwtException.Reason.BAD_SIGNATURE));
    }

    @Test
    void signsWithTheRawPublicKeysOwnKey() throws Exception {
        KeyPair p256 = KeyPairs.p256(RANDOM);
        KeyPair ed25519 = KeyPairs.ed25519(RANDOM);
        assertThat(verify(tokens(rpk(p256)).token(), VerificationKey.of(CoseAlgorithm.ES256, p256.getPublic()))
                        .algorithm())
                .contains(CoseAlgorithm.ES256);
        assertThat(verify(tokens(rpk(ed25519)).token(), VerificationKey.of(CoseAlgorithm.EDDSA, ed25519.getPublic()))
                        .algorithm())
                .contains(CoseAlgorithm.EDDSA);
    }

    @Test
    void signsWithTheCertificatesKey() throws Exception {
        KeyPair keys = KeyPairs.p256(RANDOM);
        Pki pki = new Pki(KeyPairs.p256(RANDOM), CLOCK, RANDOM);
        Credential x509 =
                new Credential.Certificate(keys, pki.device("meter-1", keys.getPublic()), List.of(pki.authority()));
        assertThat(verify(tokens(x509).token(), VerificationKey.of(CoseAlgorithm.ES256, keys.getPublic()))
                        .issuer())
                .isEqualTo("meter-1");
    }

    @Test
    void bindsATokenOfTheAuthorizationServerToTheDevicesKey() throws Exception {
        KeyPair keys = KeyPairs.ed25519(RANDOM);
        AuthorizationServer server = new AuthorizationServer("coaps://as.example", keys, CLOCK, RANDOM);
        VerificationKey key = VerificationKey.of(CoseAlgorithm.EDDSA, keys.getPublic());
        KeyPair device = KeyPairs.p256(RANDOM);

        VerifiedCwt ofKey =
                verify(server.tokensFor("meter-1", rpk(device), GRANT).token(), key);
        assertThat(ofKey.issuer()).isEqualTo("coaps://as.example");
        assertThat(ofKey.claims().subject()).contains("meter-1");
        assertThat(ofKey.claims().confirmation().orElseThrow().toString()).contains("EC2");
        VerifiedCwt ofName = verify(server.tokensFor("meter-1", psk(), GRANT).token(), key);
        assertThat(ofName.claims().confirmation().orElseThrow().toString()).contains("identity-1");
    }

    private static TokenSource tokens(Credential credential) {
        return new SelfIssuedTokens("meter-1", credential, GRANT, CLOCK, RANDOM);
    }

    private static Credential psk() {
        return new Credential.PreSharedKey("identity-1", PSK, PskSuite.CCM_8);
    }

    private static Credential rpk(KeyPair keys) throws Exception {
        return new Credential.RawPublicKey(keys, KeyPairs.p256(RANDOM).getPublic());
    }

    private static VerificationKey macKey() throws Exception {
        byte[] info = "coapgate self-issued CWT".getBytes(StandardCharsets.US_ASCII);
        return VerificationKey.of(CoseAlgorithm.HMAC_256_256, HkdfSha256.derive(PSK, new byte[0], info, 32));
    }

    private static VerifiedCwt verify(byte[] token, VerificationKey key) throws InvalidCwtException {
        return new CwtVerifier(CwtPolicy.forAudience("coapgate"), CLOCK).verify(token, issuer -> List.of(key));
    }
}
