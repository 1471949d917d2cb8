package io.coapgate.simulator.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.simulator.launch.KeyPairs;
import io.coapgate.simulator.launch.Pki;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

class CredentialTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @Test
    void showsNoSecretAsText() throws Exception {
        SecretBytes key = SecretBytes.copyOf("canary-of-the-psk".getBytes(StandardCharsets.US_ASCII));
        Credential psk = new Credential.PreSharedKey("identity", key, PskSuite.GCM);
        assertThat(psk.toString()).doesNotContain("canary");

        KeyPair keys = KeyPairs.p256(RANDOM);
        assertThat(new Credential.RawPublicKey(keys, keys.getPublic()).toString())
                .isEqualTo("RawPublicKey[EC]");
    }

    @Test
    void refusesAnIdentityThatDoesNotFitTheHandshake() {
        SecretBytes key = SecretBytes.random(16, RANDOM);
        assertThatIllegalArgumentException().isThrownBy(() -> new Credential.PreSharedKey("", key, PskSuite.CCM_8));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Credential.PreSharedKey("i".repeat(129), key, PskSuite.CCM_8));
    }

    @Test
    void refusesACertificateForAnotherKey() throws Exception {
        Pki pki = new Pki(KeyPairs.p256(RANDOM), Clock.systemUTC(), RANDOM);
        KeyPair own = KeyPairs.p256(RANDOM);
        KeyPair other = KeyPairs.p256(RANDOM);
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Credential.Certificate(own, pki.device("a", other.getPublic()), List.of(pki.authority())));
    }

    @Test
    void trustsNobodyByDefault() throws Exception {
        Pki pki = new Pki(KeyPairs.p256(RANDOM), Clock.systemUTC(), RANDOM);
        KeyPair own = KeyPairs.p256(RANDOM);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Credential.Certificate(own, pki.device("a", own.getPublic()), List.of()));
    }
}
