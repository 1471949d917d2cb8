package io.coapgate.gateway.config;

import io.coapgate.gateway.admin.PublicDocuments;
import io.coapgate.gateway.keys.RotationPolicy;
import java.time.Duration;
import java.util.Optional;

/** The {@code issuer-keys} section. */
final class RotationReader {
    /** For another gateway on the same keys to notice, and for clocks that differ. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private static final Duration SHORTEST_TURN = Duration.ofHours(1);

    private RotationReader() {}

    static Optional<RotationPolicy> read(Section root) {
        if (!root.isSound("issuer-keys")) {
            return Optional.empty();
        }
        Section section = root.section("issuer-keys");
        Duration publishFirst = section.duration("publish-first");
        Duration least = PublicDocuments.KEYS_MAX_AGE.plus(MARGIN);
        if (publishFirst.compareTo(least) < 0) {
            section.problem(
                    "publish-first",
                    "must be " + least.toMinutes() + "m or more: services may keep the key set for "
                            + PublicDocuments.KEYS_MAX_AGE.toMinutes() + " minutes",
                    "write, for example, 1h");
            return Optional.empty();
        }
        Optional<Duration> rotateEvery = section.text("rotate-every").equals("never")
                ? Optional.empty()
                : Optional.of(section.duration("rotate-every"));
        Duration shortest = publishFirst.compareTo(SHORTEST_TURN) > 0 ? publishFirst : SHORTEST_TURN;
        if (rotateEvery.filter(age -> age.compareTo(shortest) < 0).isPresent()) {
            section.problem(
                    "rotate-every", "must be 1h or more, and no less than publish-first", "write, for example, 90d");
            return Optional.empty();
        }
        return Optional.of(new RotationPolicy(publishFirst, rotateEvery));
    }
}
