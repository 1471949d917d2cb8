package io.coapgate.gateway.config;

import io.coapgate.gateway.trust.IntrospectionSettings;
import io.coapgate.gateway.trust.KeySetDocument;
import io.coapgate.gateway.trust.KeySetSettings;
import io.coapgate.gateway.upstream.TlsSource;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The {@code key-set} of an issuer: a file that is watched, or a URL that is asked. */
final class KeySetReader {
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final Path configuration;
    private final List<KeySetSettings> urls = new ArrayList<>();
    private final List<FileKeySet> files = new ArrayList<>();

    KeySetReader(Path configuration) {
        this.configuration = configuration;
    }

    /** Everything that has been read so far, and this. */
    TrustConfig all(Optional<IntrospectionSettings> introspection) {
        return new TrustConfig(urls, files, introspection);
    }

    /** Empty after reporting a problem, or if the set is one that the gateway has to ask for. */
    Optional<FileKeySet> read(String issuer, Section section) {
        if (section.has("file")) {
            Path file = new NamedFiles(configuration).resolve(section.text("file"));
            Optional<FileKeySet> set = FileKeySet.read(issuer, file, section);
            set.ifPresent(files::add);
            return set;
        }
        settings(issuer, section).ifPresent(urls::add);
        return Optional.empty();
    }

    private Optional<KeySetSettings> settings(String issuer, Section section) {
        Optional<URI> url = PinnedUrl.read(section);
        Optional<TlsSource> tls = tls(section);
        checkTimes(section);
        int maxBytes = section.size("max-bytes");
        if (maxBytes < 1 || maxBytes > KeySetDocument.MAX_BYTES) {
            section.problem("max-bytes", "must be 1 to " + KeySetDocument.MAX_BYTES, "write, for example, 32KiB");
        }
        if (!section.isSound()) {
            return Optional.empty();
        }
        return Optional.of(new KeySetSettings(
                issuer,
                url.orElseThrow(),
                section.duration("min-refresh"),
                section.duration("max-refresh"),
                section.duration("max-stale"),
                section.duration("timeout"),
                maxBytes,
                tls.orElseThrow()));
    }

    private Optional<TlsSource> tls(Section section) {
        return section.has("tls")
                ? UpstreamTls.read(configuration, section.section("tls"))
                : Optional.of(TlsSource.JDK);
    }

    private static void checkTimes(Section section) {
        Duration least = section.duration("min-refresh");
        Duration most = section.duration("max-refresh");
        section.checkPositive("timeout", "5s");
        if (least.compareTo(SHORTEST) < 0) {
            section.problem("min-refresh", "must be 1s or more", "write, for example, 30s");
        }
        if (most.compareTo(least) < 0) {
            section.problem("max-refresh", "is shorter than min-refresh", "write, for example, 1h");
        }
        if (section.duration("max-stale").compareTo(most) < 0) {
            section.problem("max-stale", "is shorter than max-refresh", "write, for example, 24h");
        }
    }
}
