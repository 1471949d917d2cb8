package io.coapgate.crypto.jca;

import static java.util.Objects.requireNonNull;

import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The values of the configuration key {@code crypto.provider}: who does the asymmetric cryptography. */
public enum CryptoProvider {
    /** Amazon Corretto Crypto Provider where it loads, else as {@link #JDK}: the native one makes handshakes six times as fast. */
    AUTO,
    /** Amazon Corretto Crypto Provider, or no start. */
    CORRETTO,
    /** No native code: what the Java platform is configured with, but Ed25519 signatures by {@link Ed25519Provider}. */
    JDK;

    private static final Logger LOG = LoggerFactory.getLogger(CryptoProvider.class);

    /** The constant of that name in lower case, as configuration files write it. */
    public static Optional<CryptoProvider> of(String name) {
        requireNonNull(name, "name");
        return Arrays.stream(values())
                .filter(provider -> provider.configName().equals(name))
                .findFirst();
    }

    /** The name in configuration files. */
    public String configName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Makes this the choice of the whole process, tests that signatures are sound with it, and logs what is active.
     *
     * <p>Call it once, before the first key is made or read; calling it again changes nothing. {@link #JDK} does not take
     * the native provider away if that was installed before.
     *
     * @throws CryptoProviderException if {@link #CORRETTO} cannot be loaded, or signatures are unsound with any choice
     */
    public ActiveProvider install() throws CryptoProviderException {
        Optional<String> absence = this == JDK ? Optional.of("as configured") : insertNative();
        if (Security.getProvider(NativeAsymmetricProvider.NAME) == null) {
            Security.insertProviderAt(new Ed25519Provider(), 1); // does nothing if it is there
        }
        SignatureSelfTest.run();
        ActiveProvider active = active(absence);
        LOG.info("Asymmetric cryptography: {}", active.description());
        return active;
    }

    /** Inserts the native provider first, or says why not if that is acceptable. */
    private Optional<String> insertNative() throws CryptoProviderException {
        if (Security.getProvider(NativeAsymmetricProvider.NAME) != null) {
            return Optional.empty();
        }
        try {
            Security.insertProviderAt(new NativeAsymmetricProvider(CorrettoLibrary.load()), 1);
            return Optional.empty();
        } catch (CryptoProviderException e) {
            if (this == CORRETTO) {
                throw e;
            }
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static ActiveProvider active(Optional<String> absence) {
        Provider installed = Security.getProvider(NativeAsymmetricProvider.NAME);
        return installed != null
                ? new ActiveProvider(true, installed.getInfo())
                : new ActiveProvider(
                        false,
                        "the JDK's own (" + Runtime.version() + ") and Bouncy Castle's for Ed25519: "
                                + absence.orElse("as configured"));
    }
}
