package io.coapgate.crypto.jca;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.coapgate.crypto.jca.CryptoProviderException.Reason;
import java.security.Provider;

/** The native provider for tests, which are skipped only where none is on the class path. */
final class NativePlatform {
    private NativePlatform() {}

    static Provider wholeProviderOrSkip() throws CryptoProviderException {
        try {
            return CorrettoLibrary.load();
        } catch (CryptoProviderException e) {
            // On a platform that it ships for, a provider that does not load fails the test.
            assumeThat(e.reason()).isNotEqualTo(Reason.NATIVE_ABSENT);
            throw e;
        }
    }
}
