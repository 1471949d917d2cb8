package io.coapgate.gateway.upstream;

import java.net.URI;
import java.util.Locale;

/**
 * Scheme, host and port of a URL; equal for the same place, RFC 9110 §4.3.1.
 *
 * @param host as a URL has it: an IPv6 address in brackets
 * @param port the scheme's own if the URL names none
 */
record Origin(String scheme, String host, int port) {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    /** @param url absolute, with a host */
    static Origin of(URI url) {
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        int standard = "https".equals(scheme) ? HTTPS_PORT : HTTP_PORT;
        return new Origin(
                scheme, url.getHost().toLowerCase(Locale.ROOT), url.getPort() >= 0 ? url.getPort() : standard);
    }

    boolean isSecure() {
        return "https".equals(scheme);
    }

    /** For logs and metrics. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
