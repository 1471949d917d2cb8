package io.coapgate.crypto.jca;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Installs the provider that the run is about ahead of every test class. */
public final class InstalledProviderExtension implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) throws CryptoProviderException {
        String name = context.getConfigurationParameter("coapgate.crypto.provider")
                .orElseThrow(() -> new IllegalStateException("junit-platform.properties names no provider"));
        CryptoProvider.of(name).orElseThrow().install();
    }
}
