package io.coapgate.gateway.upstream;

import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PfxOptions;

/** Whose certificates an https upstream may show. */
@FunctionalInterface
interface Trust {
    /** The trust store of the JDK. */
    Trust JDK = options -> {};

    void apply(HttpClientOptions options);

    /** Only what this PKCS #12 store holds. */
    static Trust store(String path, String password) {
        return options -> options.setTrustOptions(new PfxOptions().setPath(path).setPassword(password));
    }
}
