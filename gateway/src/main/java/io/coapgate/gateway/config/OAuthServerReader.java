package io.coapgate.gateway.config;

import io.coapgate.gateway.oauth.ServerSettings;
import io.coapgate.gateway.upstream.TlsSource;
import io.coapgate.gateway.upstream.WebRequest;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where the OAuth server of a token exchange is. */
final class OAuthServerReader {
    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(1);
    private static final String EXAMPLE = "write, for example, https://idp.example";

    private final Path file;

    /** @param file the configuration, at whose directory relative paths start */
    OAuthServerReader(Path file) {
        this.file = file;
    }

    /** Empty after reporting a problem. */
    Optional<ServerSettings> read(Section section) {
        Optional<URI> issuer = url(section, "issuer");
        Optional<URI> endpoint = url(section, "token-endpoint");
        section.checkPositive("timeout", "5s");
        if (section.duration("timeout").compareTo(MAX_TIMEOUT) > 0) {
            section.problem("timeout", "must be 60s or less", "write, for example, 5s");
        }
        Optional<TlsSource> tls = tls(section, issuer.or(() -> endpoint));
        if (!section.isSound()) {
            return Optional.empty();
        }
        return tls.map(source -> new ServerSettings(
                issuer,
                endpoint,
                source,
                section.duration("timeout"),
                section.integer("max-concurrent"),
                section.integer("max-queued")));
    }

    private static Optional<URI> url(Section section, String key) {
        if (!section.has(key)) {
            return Optional.empty();
        }
        try {
            URI url = URI.create(section.text(key));
            if (!WebRequest.isUsable(url)) {
                section.problem(key, "is not a URL with a host", EXAMPLE);
            } else if (WebRequest.isConfidential(url)) {
                return Optional.of(url);
            } else {
                String message = "secrets and tokens would cross the network in the clear";
                section.problem(key, message, "write https; http is for 127.0.0.1, [::1] and localhost only");
            }
        } catch (IllegalArgumentException e) {
            section.problem(key, "is not a URL with a host", EXAMPLE);
        }
        return Optional.empty();
    }

    private Optional<TlsSource> tls(Section section, Optional<URI> url) {
        if (!section.has("tls")) {
            return Optional.of(TlsSource.JDK);
        }
        if (url.filter(there -> "http".equalsIgnoreCase(there.getScheme())).isPresent()) {
            section.problem("tls", "goes with https only", "let the URL be https, or take tls out");
            return Optional.empty();
        }
        return UpstreamTls.read(file, section.section("tls"));
    }
}
