package io.coapgate.crypto.jca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.coapgate.crypto.jca.CryptoProviderException.Reason;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Installs for real, and puts the process's providers back as they were. */
@ResourceLock(Resources.GLOBAL)
class CryptoProviderTest {
    private final BareProviders bare = new BareProviders();

    @AfterEach
    void restore() {
        bare.close();
    }

    @Test
    void readsTheNamesOfTheConfiguration() {
        assertThat(CryptoProvider.of("auto")).contains(CryptoProvider.AUTO);
        assertThat(CryptoProvider.of("corretto")).contains(CryptoProvider.CORRETTO);
        assertThat(CryptoProvider.of("jdk")).contains(CryptoProvider.JDK);
        assertThat(CryptoProvider.of("JDK")).isEmpty();
        assertThat(CryptoProvider.of("")).isEmpty();
    }

    @Test
    void jdkBringsEd25519SignaturesInJavaAndLeavesTheRestAsItIs()
            throws GeneralSecurityException, CryptoProviderException {
        List<Provider> providers = List.of(Security.getProviders());

        ActiveProvider active = CryptoProvider.JDK.install();
        CryptoProvider.JDK.install();

        assertThat(active.accelerated()).isFalse();
        assertThat(active.description()).contains("JDK", "Bouncy Castle", "Ed25519", "as configured");
        assertThat(Security.getProviders()[0].getServices())
                .extracting(service -> service.getType() + " " + service.getAlgorithm())
                .containsExactlyInAnyOrder("Signature Ed25519", "Signature EdDSA");
        assertThat(Arrays.asList(Security.getProviders()).subList(1, providers.size() + 1))
                .isEqualTo(providers);
        assertThat(Signature.getInstance("Ed25519").getProvider().getName()).isEqualTo(Ed25519Provider.NAME);
    }

    @Test
    void jdkDoesNotStandInFrontOfANativeProviderThatIsThere() throws GeneralSecurityException, CryptoProviderException {
        NativePlatform.wholeProviderOrSkip();
        CryptoProvider.CORRETTO.install();

        assertThat(CryptoProvider.JDK.install().accelerated()).isTrue();

        assertThat(Security.getProvider(Ed25519Provider.NAME)).isNull();
        assertThat(Signature.getInstance("Ed25519").getProvider().getName()).isEqualTo(NativeAsymmetricProvider.NAME);
    }

    @Test
    void correttoTakesTheAsymmetricWorkAndNothingElse() throws GeneralSecurityException, CryptoProviderException {
        NativePlatform.wholeProviderOrSkip();

        ActiveProvider active = CryptoProvider.CORRETTO.install();

        assertThat(active.accelerated()).isTrue();
        assertThat(active.description()).contains("Corretto", "AWS-LC");
        assertThat(KeyPairGenerator.getInstance("EC").getProvider().getName()).isEqualTo(NativeAsymmetricProvider.NAME);
        assertThat(Mac.getInstance("HmacSHA256").getProvider().getName()).startsWithIgnoringCase("sun");
        assertThat(Cipher.getInstance("AES/GCM/NoPadding").getProvider().getName())
                .startsWithIgnoringCase("sun");
        assertThat(new SecureRandom().getProvider().getName()).startsWithIgnoringCase("sun");
    }

    @Test
    void installsOnceOnly() throws CryptoProviderException {
        NativePlatform.wholeProviderOrSkip();

        ActiveProvider first = CryptoProvider.AUTO.install();
        ActiveProvider second = CryptoProvider.CORRETTO.install();

        assertThat(second).isEqualTo(first);
        assertThat(Arrays.stream(Security.getProviders())
                        .map(Provider::getName)
                        .filter(NativeAsymmetricProvider.NAME::equals))
                .hasSize(1);
        assertThat(Security.getProviders()[0].getName()).isEqualTo(NativeAsymmetricProvider.NAME);
    }

    @Test
    void whatTheNativeProviderLacksTheJdkStillDoes() throws GeneralSecurityException, CryptoProviderException {
        CryptoProvider.AUTO.install();

        for (NamedParameterSpec curve :
                new NamedParameterSpec[] {NamedParameterSpec.ED448, NamedParameterSpec.ED25519}) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EdDSA");
            generator.initialize(curve);
            assertThat(generator.generateKeyPair().getPublic().getEncoded()).isNotEmpty();
        }
        assertThat(KeyPairGenerator.getInstance("X25519").generateKeyPair().getPrivate())
                .isNotNull();
    }

    @Test
    void aProviderThatIsNotThereIsAbsent() {
        assertRefused("io.coapgate.nowhere.Provider", Reason.NATIVE_ABSENT);
    }

    @Test
    void aProviderWhoseLibraryDoesNotLoadIsUnloadable() {
        assertRefused(Unloadable.class.getName(), Reason.NATIVE_UNLOADABLE);
        assertRefused(FailsToInitialize.class.getName(), Reason.NATIVE_UNLOADABLE);
        assertRefused(String.class.getName(), Reason.NATIVE_UNLOADABLE);
    }

    @Test
    void aProviderThatFailsItsSelfTestIsRefused() {
        assertRefused(FailsItsSelfTest.class.getName(), Reason.NATIVE_SELF_TEST_FAILED);
    }

    private static void assertRefused(String className, Reason reason) {
        assertThatExceptionOfType(CryptoProviderException.class)
                .isThrownBy(() -> CorrettoLibrary.load(className))
                .extracting(CryptoProviderException::reason)
                .isEqualTo(reason);
    }

    /** Looks like the native provider on a platform that its library was not built for. */
    public static final class Unloadable extends Provider {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("unused")
        public static final Unloadable INSTANCE = new Unloadable();

        private Unloadable() {
            super("Unloadable", "0", "for tests");
        }

        public Throwable getLoadingError() {
            return new UnsatisfiedLinkError("no such library");
        }
    }

    /** Looks like the native provider with a broken class initializer. */
    public static final class FailsToInitialize {
        public static final Object INSTANCE = fail();

        private FailsToInitialize() {}

        private static Object fail() {
            throw new IllegalStateException("broken");
        }
    }

    /** Looks like the native provider with broken cryptography. */
    public static final class FailsItsSelfTest extends Provider {
        private static final long serialVersionUID = 1L;

        public static final FailsItsSelfTest INSTANCE = new FailsItsSelfTest();

        private FailsItsSelfTest() {
            super("FailsItsSelfTest", "0", "for tests");
        }

        public Object getLoadingError() {
            return "";
        }

        public String runSelfTests() {
            return "FAILED";
        }
    }
}
