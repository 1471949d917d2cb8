package io.coapgate.gateway.upstream;

import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/** TLS material in the form that Vert.x takes: key and trust managers, which stay in memory. */
final class TlsOptions {
    private static final char[] NO_PASSWORD = {};

    private TlsOptions() {}

    /** @throws IllegalArgumentException if this JDK has no use for a key or certificate of such a kind */
    static ClientSSLOptions of(ClientSSLOptions base, TlsMaterial material) {
        ClientSSLOptions options = base.copy();
        try {
            if (!material.trusted().isEmpty()) {
                options.setTrustOptions(trust(material.trusted()));
            }
            if (material.identity().isPresent()) {
                options.setKeyCertOptions(identity(material.identity().get()));
            }
            return options;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("TLS material that can't be used", e);
        }
    }

    private static TrustOptions trust(List<X509Certificate> trusted) throws GeneralSecurityException, IOException {
        KeyStore anchors = empty();
        for (int i = 0; i < trusted.size(); i++) {
            anchors.setCertificateEntry("anchor-" + i, trusted.get(i));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(anchors);
        return TrustOptions.wrap(managers);
    }

    private static KeyCertOptions identity(TlsMaterial.Identity identity) throws GeneralSecurityException, IOException {
        KeyStore keys = empty();
        X509Certificate[] chain = identity.chain().toArray(X509Certificate[]::new);
        keys.setKeyEntry("client", identity.key(), NO_PASSWORD, chain);
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, NO_PASSWORD);
        return KeyCertOptions.wrap(managers);
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
