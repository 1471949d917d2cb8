package io.coapgate.gateway.config;

import io.coapgate.gateway.upstream.UpstreamName;
import io.coapgate.gateway.upstream.UpstreamSettings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The {@code upstreams}. */
final class UpstreamsReader {
    private static final int MAX_PORT = 65535;

    private UpstreamsReader() {}

    static List<UpstreamSettings> read(Section root) {
        List<UpstreamSettings> settings = new ArrayList<>();
        Section upstreams = root.section("upstreams");
        for (String name : upstreams.keys()) {
            if (upstreams.isSound(name)) {
                read(name, upstreams.section(name), settings);
            }
        }
        return settings;
    }

    private static void read(String name, Section section, List<UpstreamSettings> settings) {
        Duration connectTimeout = section.duration("connect-timeout");
        if (connectTimeout.isZero()) {
            section.problem("connect-timeout", "must be more than 0", "write, for example, 2s");
        }
        try {
            URI url = URI.create(section.text("url"));
            if (url.getPort() > MAX_PORT) {
                section.problem("url", "there is no such port", "write, for example, http://127.0.0.1:9000");
            }
            settings.add(new UpstreamSettings(
                    new UpstreamName(name),
                    url,
                    section.integer("max-connections"),
                    section.integer("max-queued"),
                    connectTimeout,
                    section.size("max-response-bytes")));
        } catch (IllegalArgumentException e) {
            section.problem("url", "is not a URL with a host", "write, for example, http://127.0.0.1:9000");
        }
    }
}
