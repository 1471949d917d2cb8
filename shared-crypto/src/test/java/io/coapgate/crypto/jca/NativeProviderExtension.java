package io.coapgate.crypto.jca;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Installs the native provider ahead of every test class, in the run that detects extensions. */
public final class NativeProviderExtension implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) throws CryptoProviderException {
        CryptoProvider.CORRETTO.install();
    }
}
