package io.coapgate.crypto.key;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class SecretBytesTest {

    private static final byte[] CANARY = "canary-4711".getBytes(US_ASCII);

    @Test
    void givesBackWhatItWasMadeOf() {
        assertThat(SecretBytes.copyOf(CANARY).expose()).isEqualTo(CANARY);
        assertThat(SecretBytes.copyOf(CANARY).length()).isEqualTo(CANARY.length);
    }

    @Test
    void isNotTouchedByChangesToTheBytesThatCameInOrWentOut() {
        byte[] in = CANARY.clone();
        SecretBytes secret = SecretBytes.copyOf(in);
        in[0] ^= 1;
        secret.expose()[0] ^= 1;
        assertThat(secret.expose()).isEqualTo(CANARY);
    }

    @Test
    void comparesByContent() {
        SecretBytes secret = SecretBytes.copyOf(CANARY);
        assertThat(secret).isEqualTo(SecretBytes.copyOf(CANARY)).hasSameHashCodeAs(SecretBytes.copyOf(CANARY));
        assertThat(secret).isNotEqualTo(SecretBytes.copyOf("canary-4712".getBytes(US_ASCII)));
        assertThat(secret).isNotEqualTo("canary-4711");
    }

    @Test
    void hashCodeTellsNothingButTheLength() {
        assertThat(SecretBytes.copyOf(CANARY)).hasSameHashCodeAs(SecretBytes.copyOf("another-one".getBytes(US_ASCII)));
    }

    @Test
    void toStringTellsNothingButTheLength() {
        assertThat(SecretBytes.copyOf(CANARY)).hasToString("SecretBytes[11 bytes]");
    }

    @Test
    void destroyZeroesTheBytesForGood() {
        SecretBytes secret = SecretBytes.copyOf(CANARY);
        secret.destroy();
        assertThat(secret.isDestroyed()).isTrue();
        assertThatIllegalStateException().isThrownBy(secret::expose);
        assertThat(secret).isNotEqualTo(SecretBytes.copyOf(new byte[CANARY.length]));
    }

    @Test
    void refusesToBeEmpty() {
        assertThatIllegalArgumentException().isThrownBy(() -> SecretBytes.copyOf(new byte[0]));
    }

    @Test
    void randomSecretsDiffer() {
        SecureRandom random = new SecureRandom();
        assertThat(SecretBytes.random(32, random)).isNotEqualTo(SecretBytes.random(32, random));
    }
}
