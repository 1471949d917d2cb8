package io.coapgate.crypto.cwt;

import static io.coapgate.crypto.TestVectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cose.EncryptionKey;
import io.coapgate.crypto.cwt.InvalidCwtException.Reason;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.crypto.key.Thumbprint;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** What an issuer says of a token that it was asked about (RFC 9200 §5.9) is judged as the claims of a CWT are. */
class VouchedCwtTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final byte[] OPAQUE = {7, 7, 7};

    private final CwtVerifier verifier = new CwtVerifier(
            CwtPolicy.forAudience("rs").withMaxLifetime(Duration.ofHours(1)), Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void hasWhatTheIssuerSaysAndNoAlgorithm() throws Exception {
        Confirmation cnf = Confirmation.of(KeyId.ofUtf8("sensor-1"));
        CwtClaims claims = valid().confirmation(cnf).subject("sensor-1").build();

        VerifiedCwt token = verifier.vouchedFor(claims, "as", OPAQUE);

        assertThat(token.issuer()).isEqualTo("as");
        assertThat(token.claims()).isSameAs(claims);
        assertThat(token.confirmation()).contains(cnf);
        assertThat(token.expiresAt()).isEqualTo(NOW.plusSeconds(60));
        assertThat(token.algorithm()).isEmpty();
        assertThat(token.keyId()).isEmpty();
        assertThat(token.size()).isEqualTo(OPAQUE.length);
        assertThat(token.toString()).startsWith("VerifiedCwt[").doesNotContain("kid ");
    }

    @Test
    void isKnownByItsBytesAsTheyWere() throws Exception {
        byte[] bytes = OPAQUE.clone();
        VerifiedCwt token = verifier.vouchedFor(valid().build(), "as", bytes);
        bytes[0] = 0;

        assertThat(token.contentThumbprint()).isEqualTo(Thumbprint.ofContent(OPAQUE));
    }

    @Test
    void mayBindToNothing() throws Exception {
        assertThat(verifier.vouchedFor(valid().build(), "as", OPAQUE).confirmation())
                .isEmpty();
    }

    @Test
    void isRefusedForItsTimes() {
        refuses(Reason.EXPIRED, valid().expiresAt(NOW.minusSeconds(3600)));
        refuses(Reason.MISSING_EXPIRY, CwtClaims.builder().audience("rs"));
        refuses(Reason.NOT_YET_VALID, valid().notBefore(NOW.plusSeconds(3600)));
        refuses(Reason.LIFETIME_TOO_LONG, valid().expiresAt(NOW.plus(Duration.ofDays(1))));
    }

    @Test
    void isRefusedForAnotherAudience() {
        refuses(Reason.WRONG_AUDIENCE, CwtClaims.builder().audience("other").expiresAt(NOW.plusSeconds(60)));
    }

    @Test
    void aKeyThatIsEncryptedForSomebodyElseIsNoConfirmation() throws Exception {
        SecureRandom random = new SecureRandom();
        EncryptionKey shared =
                EncryptionKey.of(CoseAlgorithm.AES_CCM_16_64_128, SecretBytes.copyOf(hex("a1".repeat(16))));
        CoseKey key = CoseKey.ofSecret(SecretBytes.copyOf(hex("61".repeat(16))));
        refuses(Reason.INVALID_CONFIRMATION, valid().confirmation(Confirmation.encrypted(key, shared, random)));
    }

    private static CwtClaims.Builder valid() {
        return CwtClaims.builder().audience("rs").expiresAt(NOW.plusSeconds(60));
    }

    private void refuses(Reason reason, CwtClaims.Builder claims) {
        assertThatThrownBy(() -> verifier.vouchedFor(claims.build(), "as", OPAQUE))
                .isInstanceOfSatisfying(
                        InvalidCwtException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
