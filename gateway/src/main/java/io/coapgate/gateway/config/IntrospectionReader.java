package io.coapgate.gateway.config;

import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.gateway.device.PskIdentity;
import io.coapgate.gateway.trust.IntrospectionAccess;
import io.coapgate.gateway.trust.IntrospectionAccess.ClientSecret;
import io.coapgate.gateway.trust.IntrospectionAccess.Credential;
import io.coapgate.gateway.trust.IntrospectionSettings;
import io.coapgate.gateway.trust.IntrospectionSettings.Bounds;
import io.coapgate.gateway.upstream.TlsSource;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Optional;

/** The {@code cwt.introspection} section. */
final class IntrospectionReader {
    private static final String SECTION = "introspection";
    private static final int MAX_PORT = 65_535;

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
        Optional<IntrospectionAccess> access =
                section.text("url").startsWith("coaps:") ? coaps(section) : http(section);
        checkTimes(section);
        checkIssuer(section, root);
        return section.isSound()
                ? access.map(found -> new IntrospectionSettings(section.text("issuer"), found, bounds(section)))
                : Optional.empty();
    }

    private Optional<IntrospectionAccess> http(Section section) {
        refuse(section, "with a coaps url only", "psk", "rpk");
        Optional<URI> url = PinnedUrl.read(section);
        Optional<TlsSource> tls = section.has("tls")
                ? UpstreamTls.read(configuration, section.section("tls"))
                : Optional.of(TlsSource.JDK);
        Optional<ClientSecret> credentials = credentials(section);
        return url.isPresent() && tls.isPresent()
                ? Optional.of(new IntrospectionAccess.Http(url.get(), credentials, tls.get()))
                : Optional.empty();
    }

    private Optional<IntrospectionAccess> coaps(Section section) {
        refuse(section, "with https only", "client-id", "client-secret", "tls");
        Optional<URI> url = coapsUrl(section);
        if (section.has("psk") == section.has("rpk")) {
            section.problem("url", "needs a credential of the gateway, psk or rpk", "add psk: {identity: …, key: …}");
            return Optional.empty();
        }
        Optional<Credential> credential =
                section.has("psk") ? psk(section.section("psk")) : rpk(section.section("rpk"));
        return url.isPresent() && credential.isPresent()
                ? Optional.of(new IntrospectionAccess.Coaps(url.get(), credential.get()))
                : Optional.empty();
    }

    private static Optional<URI> coapsUrl(Section section) {
        try {
            URI url = URI.create(section.text("url"));
            if (url.getHost() != null
                    && url.getPort() <= MAX_PORT
                    && url.getRawQuery() == null
                    && url.getRawUserInfo() == null) {
                return Optional.of(url);
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        section.problem(
                "url",
                "is not a coaps URL with a host and a path",
                "write, for example, coaps://as.example/introspect");
        return Optional.empty();
    }

    private Optional<Credential> psk(Section psk) {
        return secrets.secret(psk, "key")
                .map(key -> new IntrospectionAccess.PreSharedKey(new PskIdentity(psk.text("identity")), key));
    }

    private Optional<Credential> rpk(Section rpk) {
        NamedFiles files = new NamedFiles(configuration);
        Optional<KeyPair> own = files.keyPair(rpk, "private-key");
        Optional<PublicKey> server = files.publicKey(rpk, "server-key");
        return own.isPresent() && server.isPresent()
                ? Optional.of(new IntrospectionAccess.RawPublicKey(own.get(), server.get()))
                : Optional.empty();
    }

    private static void refuse(Section section, String where, String... keys) {
        for (String key : keys) {
            if (section.has(key)) {
                section.problem(key, "goes " + where, "take it out, or change the url");
            }
        }
    }

    private Optional<ClientSecret> credentials(Section section) {
        if (section.has("client-id") != section.has("client-secret")) {
            String missing = section.has("client-id") ? "client-secret" : "client-id";
            section.problem(missing, "this key is missing", "client-id and client-secret go together");
            return Optional.empty();
        }
        if (!section.has("client-id")) {
            return Optional.empty();
        }
        Optional<SecretBytes> secret = secrets.secret(section, "client-secret");
        return secret.map(bytes -> new ClientSecret(section.text("client-id"), bytes));
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
