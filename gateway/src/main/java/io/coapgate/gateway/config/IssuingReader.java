package io.coapgate.gateway.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The {@code authorization-server} section. */
final class IssuingReader {
    private static final String SECTION = "authorization-server";

    /** Empty if there is no authorization server, or after reporting a problem. */
    Optional<IssuingConfig> read(Section root) {
        if (!root.has(SECTION) || !root.isSound(SECTION)) {
            return Optional.empty();
        }
        Section section = root.section(SECTION);
        String issuer = section.optionalText("issuer").orElseGet(() -> root.text("issuer"));
        Duration lifetime = section.duration("lifetime");
        checkLifetime(section, lifetime, root);
        checkIssuer(section, issuer, root);
        return section.isSound() ? Optional.of(new IssuingConfig(issuer, lifetime, List.of())) : Optional.empty();
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
