package io.coapgate.gateway.config;

import io.coapgate.gateway.upstream.WebRequest;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/** The {@code url} of a server that the gateway itself asks: https, or http on this host. */
final class PinnedUrl {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");
    private static final String EXAMPLE = "write, for example, https://as.example/keys";

    private PinnedUrl() {}

    /** Empty after reporting a problem. */
    static Optional<URI> read(Section section) {
        URI url;
        try {
            url = URI.create(section.text("url"));
        } catch (IllegalArgumentException e) {
            section.problem("url", "is not a URL", EXAMPLE);
            return Optional.empty();
        }
        if (!WebRequest.isUsable(url)) {
            section.problem("url", "is not an http(s) URL with a host", EXAMPLE);
            return Optional.empty();
        }
        boolean secure = "https".equalsIgnoreCase(url.getScheme());
        if (!secure && !LOOPBACK.matcher(url.getHost()).matches()) {
            section.problem("url", "anybody on the way could change what comes from there", "let the url be https");
            return Optional.empty();
        }
        if (!secure && section.has("tls")) {
            section.problem("tls", "goes with https only", "let the url be https, or take tls out");
        }
        return Optional.of(url);
    }
}
