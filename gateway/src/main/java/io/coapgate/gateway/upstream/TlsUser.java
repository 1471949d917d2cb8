package io.coapgate.gateway.upstream;

/** What makes TLS connections with material that may change. */
interface TlsUser {
    TlsSource tls();

    /** Connections that are made from now on follow it. */
    void replaceTls(TlsMaterial material);
}
