package io.coapgate.gateway.config;

import io.coapgate.gateway.upstream.ConnectionSettings;
import io.coapgate.gateway.upstream.FailureSettings;
import io.coapgate.gateway.upstream.HttpVersion;
import io.coapgate.gateway.upstream.TlsSource;
import io.coapgate.gateway.upstream.UpstreamName;
import io.coapgate.gateway.upstream.UpstreamSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The {@code upstreams}. */
final class UpstreamsReader {
    private static final int MAX_PORT = 65535;
    private static final String EXAMPLE = "write, for example, http://127.0.0.1:9000";

    private final Path file;

    /** @param file the configuration, at whose directory relative paths start */
    UpstreamsReader(Path file) {
        this.file = file;
    }

    List<UpstreamSettings> read(Section root) {
        List<UpstreamSettings> settings = new ArrayList<>();
        Section upstreams = root.section("upstreams");
        for (String name : upstreams.keys()) {
            if (upstreams.isSound(name)) {
                read(name, upstreams.section(name)).ifPresent(settings::add);
            }
        }
        return settings;
    }

    private Optional<UpstreamSettings> read(String name, Section section) {
        List<URI> targets = targets(section);
        Optional<ConnectionSettings> connections = connections(section);
        Optional<TlsSource> tls = tls(section, targets);
        Optional<FailureSettings> failures = FailureSettingsReader.read(section);
        return section.isSound()
                ? Optional.of(new UpstreamSettings(
                        new UpstreamName(name),
                        targets,
                        connections.orElseThrow(),
                        tls.orElseThrow(),
                        failures.orElseThrow()))
                : Optional.empty();
    }

    private static List<URI> targets(Section section) {
        String key = section.has("urls") ? "urls" : "url";
        List<URI> targets = new ArrayList<>();
        for (String text : section.texts(key)) {
            target(section, key, text).ifPresent(targets::add);
        }
        if (targets.stream().map(URI::getScheme).distinct().count() > 1) {
            section.problem(key, "are http and https", "let all of them be https");
        }
        if (!UpstreamSettings.areDistinct(targets)) {
            section.problem(key, "name the same place twice", "keep one of them");
        }
        return targets;
    }

    private static Optional<URI> target(Section section, String key, String text) {
        try {
            URI url = URI.create(text);
            if (url.getPort() > MAX_PORT) {
                section.problem(key, "there is no such port", EXAMPLE);
            } else if (UpstreamSettings.isOrigin(url)) {
                return Optional.of(url);
            } else {
                section.problem(key, "is not a URL with a host", EXAMPLE);
            }
        } catch (IllegalArgumentException e) {
            section.problem(key, "is not a URL with a host", EXAMPLE);
        }
        return Optional.empty();
    }

    private Optional<TlsSource> tls(Section section, List<URI> targets) {
        if (!section.has("tls")) {
            return Optional.of(TlsSource.JDK);
        }
        if (targets.stream().anyMatch(target -> "http".equalsIgnoreCase(target.getScheme()))) {
            section.problem("tls", "goes with https only", "let the url be https, or take tls out");
            return Optional.empty();
        }
        return UpstreamTls.read(file, section.section("tls"));
    }

    private static Optional<ConnectionSettings> connections(Section section) {
        section.checkPositive("connect-timeout", "2s");
        HttpVersion version = section.text("http-version").equals("2") ? HttpVersion.HTTP_2 : HttpVersion.HTTP_1_1;
        int maxConnections = section.integer("max-connections");
        if (version == HttpVersion.HTTP_2 && maxConnections > ConnectionSettings.MAX_MULTIPLEXED) {
            String message = "must be " + ConnectionSettings.MAX_MULTIPLEXED + " or less with HTTP/2";
            section.problem("max-connections", message, "a few are enough, of max-streams requests each");
            return Optional.empty();
        }
        return Optional.of(new ConnectionSettings(
                version,
                maxConnections,
                section.integer("max-streams"),
                section.integer("max-queued"),
                section.duration("connect-timeout"),
                section.size("max-response-bytes")));
    }
}
