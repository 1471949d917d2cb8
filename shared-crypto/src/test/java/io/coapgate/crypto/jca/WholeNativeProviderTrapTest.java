package io.coapgate.crypto.jca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.security.GeneralSecurityException;
import java.security.Provider;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Why the native provider is not installed whole. */
class WholeNativeProviderTrapTest {
    private static Provider whole;

    @BeforeAll
    static void load() throws CryptoProviderException {
        whole = NativePlatform.wholeProviderOrSkip();
    }

    @Test
    void itsMacComparesANewKeyWithOneThatWasDestroyedSince() throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256", whole);
        DestroyableKey first = new DestroyableKey((byte) 1);
        mac.init(first);
        mac.doFinal(new byte[4]);
        first.destroy();

        assertThatIllegalStateException()
                .isThrownBy(() -> mac.init(new DestroyableKey((byte) 2)))
                .withMessageContaining("destroyed");
    }

    @Test
    void theJdksMacForgetsTheOldKey() throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256", "SunJCE");
        DestroyableKey first = new DestroyableKey((byte) 1);
        mac.init(first);
        byte[] one = mac.doFinal(new byte[4]);
        first.destroy();
        mac.init(new DestroyableKey((byte) 2));

        assertThat(mac.doFinal(new byte[4])).hasSize(32).isNotEqualTo(one);
    }

    /** Behaves as the DTLS stack's keys do: no comparison with a destroyed key. */
    private static final class DestroyableKey implements SecretKey {
        private static final long serialVersionUID = 1L;

        private final byte[] bytes = new byte[32];
        private boolean destroyed;

        DestroyableKey(byte value) {
            bytes[0] = value;
        }

        @Override
        public String getAlgorithm() {
            return "MAC";
        }

        @Override
        public String getFormat() {
            return "RAW";
        }

        @Override
        public byte[] getEncoded() {
            return bytes.clone();
        }

        @Override
        public void destroy() {
            destroyed = true;
        }

        @Override
        public boolean isDestroyed() {
            return destroyed;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            if (destroyed || (other instanceof DestroyableKey key && key.destroyed)) {
                throw new IllegalStateException("secret destroyed!");
            }
            return other instanceof DestroyableKey key && bytes[0] == key.bytes[0];
        }

        @Override
        public int hashCode() {
            return bytes[0];
        }
    }
}
