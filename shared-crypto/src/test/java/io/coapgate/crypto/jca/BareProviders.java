package io.coapgate.crypto.jca;

import java.security.Provider;
import java.security.Security;
import java.util.List;

/** The process without this product's providers, and in the end as it was before. Its user holds the lock on global state. */
final class BareProviders implements AutoCloseable {
    private static final List<String> OURS = List.of(NativeAsymmetricProvider.NAME, Ed25519Provider.NAME);

    private final Provider[] before = Security.getProviders();

    BareProviders() {
        removeOurs();
    }

    @Override
    public void close() {
        removeOurs();
        for (int i = 0; i < before.length; i++) {
            if (OURS.contains(before[i].getName())) {
                Security.insertProviderAt(before[i], i + 1);
            }
        }
    }

    private static void removeOurs() {
        OURS.forEach(Security::removeProvider);
    }
}
