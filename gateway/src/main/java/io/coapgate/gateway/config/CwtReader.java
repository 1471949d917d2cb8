package io.coapgate.gateway.config;

import io.coapgate.crypto.cose.RecipientKey;
import io.coapgate.crypto.cwt.CwtPolicy;
import io.coapgate.gateway.token.AdmissionSettings;
import io.coapgate.gateway.token.TrustedIssuer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The {@code cwt} section and the {@code audience}. */
final class CwtReader {
    private static final String FRESHNESS = "freshness";
    private static final Duration MAX_LEEWAY = Duration.ofSeconds(60);

    private final IssuerKeyReader keys;
    private final KeySetReader keySets;

    CwtReader(NamedFiles files, SecretReader secrets, KeySetReader keySets) {
        this.keys = new IssuerKeyReader(files, secrets);
        this.keySets = keySets;
    }

    Optional<AdmissionSettings> read(Section root) {
        Section cwt = root.section("cwt");
        List<TrustedIssuer> issuers = issuers(cwt);
        if (!root.isSound("cwt") || !root.isSound("audience")) {
            return Optional.empty();
        }
        if (cwt.duration("leeway").compareTo(MAX_LEEWAY) > 0) {
            cwt.problem("leeway", "must be 60s or less", "write, for example, 30s");
            return Optional.empty();
        }
        cwt.checkPositive("max-lifetime", "24h");
        if (cwt.has(FRESHNESS)) {
            cwt.checkPositive(FRESHNESS, "5m");
        }
        if (!cwt.isSound("max-lifetime") || !cwt.isSound(FRESHNESS)) {
            return Optional.empty();
        }
        return Optional.of(new AdmissionSettings(
                policy(root, cwt),
                issuers,
                cwt.flag("self-issued"),
                cwt.integer("max-tokens-per-session"),
                cwt.integer("max-sessions")));
    }

    /** How old the nonces of tokens may be, if tokens need one. */
    static Optional<Duration> freshness(Section cwt) {
        return cwt.has(FRESHNESS) ? Optional.of(cwt.duration(FRESHNESS)) : Optional.empty();
    }

    private static CwtPolicy policy(Section root, Section cwt) {
        return new CwtPolicy(
                Set.copyOf(root.texts("audience")),
                cwt.duration("leeway"),
                cwt.duration("max-lifetime"),
                cwt.integer("max-bytes"),
                cwt.flag("require-issued-at"),
                ExpiresInReader.isOn(cwt)); // the admission takes them of those issuers only
    }

    private List<TrustedIssuer> issuers(Section cwt) {
        List<TrustedIssuer> issuers = new ArrayList<>();
        Map<String, Integer> lineOf = new HashMap<>();
        for (Section section : cwt.sections("issuers")) {
            String name = section.text("issuer");
            Integer same = lineOf.putIfAbsent(name, section.position().line());
            if (same != null) {
                section.problem("issuer", "the issuer on line " + same + " has this name too", "list all keys there");
            }
            issuer(name, section).ifPresent(issuers::add);
        }
        return issuers;
    }

    private Optional<TrustedIssuer> issuer(String name, Section section) {
        if (section.has("key-set")) {
            return section.isSound("key-set")
                    ? keySets.read(name, section.section("key-set")).map(set -> new TrustedIssuer(name, set))
                    : Optional.empty();
        }
        List<RecipientKey> read = section.sections("keys").stream()
                .map(keys::read)
                .flatMap(Optional::stream)
                .toList();
        return read.isEmpty() ? Optional.empty() : Optional.of(TrustedIssuer.of(name, read));
    }
}
