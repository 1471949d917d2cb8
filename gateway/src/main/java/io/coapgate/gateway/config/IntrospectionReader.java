package io.coapgate.gateway.config;

import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.gateway.trust.IntrospectionSettings;
import io.coapgate.gateway.trust.IntrospectionSettings.Bounds;
import io.coapgate.gateway.trust.IntrospectionSettings.Credentials;
import io.coapgate.gateway.upstream.TlsSource;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The {@code cwt.introspection} section. */
final class IntrospectionReader {
    private static final String SECTION = "introspection";

    private final Path configuration;
    private final SecretReader secrets;

    IntrospectionReader(Path configuration, SecretReader secrets) {
        this.configuration = configuration;
        this.secrets = secrets;
    }

    /** Empty if there is none, or after reporting a problem. */
    Optional<IntrospectionSettings> read(Section root) {
        if (!root.isSound("cwt") || !root.section("cwt").has(SECTION)) {
            return Optional.empty();
        }
        Section section = root.section("cwt").section(SECTION);
        Optional<URI> url = PinnedUrl.read(section);
        Optional<TlsSource> tls = section.has("tls")
                ? UpstreamTls.read(configuration, section.section("tls"))
                : Optional.of(TlsSource.JDK);
        Optional<Credentials> credentials = credentials(section);
        checkTimes(section);
        checkIssuer(section, root);
        if (!section.isSound()) {
            return Optional.empty();
        }
        return Optional.of(new IntrospectionSettings(
                section.text("issuer"), url.orElseThrow(), credentials, tls.orElseThrow(), bounds(section)));
    }

    private Optional<Credentials> credentials(Section section) {
        if (section.has("client-id") != section.has("client-secret")) {
            String missing = section.has("client-id") ? "client-secret" : "client-id";
            section.problem(missing, "this key is missing", "client-id and client-secret go together");
            return Optional.empty();
        }
        if (!section.has("client-id")) {
            return Optional.empty();
        }
        Optional<SecretBytes> secret = secrets.secret(section, "client-secret");
        return secret.map(bytes -> new Credentials(section.text("client-id"), bytes));
    }

    private static void checkTimes(Section section) {
        section.checkPositive("timeout", "5s");
        section.checkPositive("negative-for", "10s");
        Duration recheck = section.duration("recheck");
        if (recheck.toSeconds() < 1) {
            section.problem("recheck", "must be 1s or more", "write, for example, 5m");
        }
        if (section.duration("max-stale").compareTo(recheck) < 0) {
            section.problem("max-stale", "is shorter than recheck", "write, for example, 1h");
        }
    }

    private static void checkIssuer(Section section, Section root) {
        boolean taken = root.section("cwt").sections("issuers").stream()
                .anyMatch(other -> other.text("issuer").equals(section.text("issuer")));
        if (taken) {
            section.problem("issuer", "one of cwt.issuers has this name", "give each authorization server its own");
        }
    }

    private static Bounds bounds(Section section) {
        return new Bounds(
                section.duration("timeout"),
                section.duration("recheck"),
                section.duration("max-stale"),
                section.duration("negative-for"),
                section.integer("max-tokens"),
                section.integer("max-concurrent"));
    }
}
