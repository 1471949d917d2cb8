package io.coapgate.gateway.config;

import io.coapgate.gateway.device.DeviceId;
import io.coapgate.gateway.issuing.IssuedTokenLimits;
import io.coapgate.gateway.issuing.TokenAudience;
import io.coapgate.gateway.issuing.TokenReaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The {@code authorization-server} section. */
final class IssuingReader {
    private static final String SECTION = "authorization-server";

    private final AudienceReader audiences;

    IssuingReader(NamedFiles files, SecretReader secrets) {
        this.audiences = new AudienceReader(files, secrets);
    }

    /** Empty if there is no authorization server, or after reporting a problem. */
    Optional<IssuingConfig> read(Section root) {
        if (!root.has(SECTION)) {
            return Optional.empty();
        }
        Section section = root.section(SECTION);
        List<TokenAudience> others = others(section, root);
        if (!root.isSound(SECTION)) {
            return Optional.empty();
        }
        String issuer = section.optionalText("issuer").orElseGet(() -> root.text("issuer"));
        Duration lifetime = section.duration("lifetime");
        checkLifetime(section, lifetime, root);
        checkIssuer(section, issuer, root);
        TokenReaders readers = readers(section);
        IssuedTokenLimits limits =
                new IssuedTokenLimits(section.integer("max-tokens"), section.integer("max-tokens-per-device"));
        return section.isSound()
                ? Optional.of(new IssuingConfig(issuer, lifetime, others, readers, limits, overHttp(section)))
                : Optional.empty();
    }

    /** What goes wrong here makes the section unsound. */
    private List<TokenAudience> others(Section section, Section root) {
        List<TokenAudience> others = new ArrayList<>();
        Map<String, Integer> lineOf = new HashMap<>();
        List<String> own = root.isSound("audience") ? root.texts("audience") : List.of();
        for (Section audience : section.sections("audiences")) {
            String name = audience.text("audience");
            Integer same = lineOf.putIfAbsent(name, audience.position().line());
            if (own.contains(name)) {
                audience.problem(
                        "audience", "is a name of the gateway itself", "take it out: the gateway is one anyway");
            } else if (same != null) {
                audience.problem("audience", "the one on line " + same + " has this name too", "keep one of them");
            }
            audiences.read(audience).ifPresent(others::add);
        }
        return others;
    }

    private static Optional<Map<DeviceId, Set<String>>> overHttp(Section section) {
        if (!section.has("http")) {
            return Optional.empty();
        }
        Map<DeviceId, Set<String>> services = new HashMap<>();
        for (Section service : section.section("http").sections("services")) {
            services.computeIfAbsent(new DeviceId(service.text("client")), id -> new HashSet<>())
                    .add(service.text("audience"));
        }
        return Optional.of(services);
    }

    private static TokenReaders readers(Section section) {
        Map<DeviceId, Set<String>> servers = new HashMap<>();
        for (Section audience : section.sections("audiences")) {
            audience.optionalText("device")
                    .ifPresent(device -> servers.computeIfAbsent(new DeviceId(device), id -> new HashSet<>())
                            .add(audience.text("audience")));
        }
        Set<DeviceId> administrators = new HashSet<>();
        section.texts("administrators").forEach(device -> administrators.add(new DeviceId(device)));
        return new TokenReaders(servers, administrators);
    }

    private static void checkLifetime(Section section, Duration lifetime, Section root) {
        if (lifetime.toSeconds() < 1) {
            section.problem("lifetime", "must be 1s or more", "write, for example, 1h");
            return;
        }
        Section cwt = root.section("cwt");
        if (root.isSound("cwt") && lifetime.compareTo(cwt.duration("max-lifetime")) > 0) {
            String limit = cwt.text("max-lifetime");
            section.problem(
                    "lifetime",
                    "is more than cwt.max-lifetime, " + limit + ", so that the gateway would refuse its own tokens",
                    "write " + limit + " or less");
        }
    }

    private static void checkIssuer(Section section, String issuer, Section root) {
        if (!root.isSound("cwt")) {
            return;
        }
        boolean taken = root.section("cwt").sections("issuers").stream()
                .anyMatch(other -> other.text("issuer").equals(issuer));
        if (taken) {
            section.problem("issuer", "one of cwt.issuers has this name", "give each authorization server its own");
        }
    }
}
