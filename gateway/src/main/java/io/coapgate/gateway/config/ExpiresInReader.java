package io.coapgate.gateway.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.coapgate.crypto.cwt.TokenNumbering;
import io.coapgate.gateway.token.ExpiresInSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which issuers' tokens may live from their arrival on: {@code expires-in} of each of {@code cwt.issuers}. */
final class ExpiresInReader {
    static final String SECTION = "expires-in";

    private static final String NAME = "resource-server";
    private static final String LIFETIME = "max-lifetime";

    private ExpiresInReader() {}

    /** By issuer; those after a problem are left out. */
    static Map<String, ExpiresInSettings> read(Section root) {
        Map<String, ExpiresInSettings> byIssuer = new HashMap<>();
        if (!root.isSound("audience") || !root.isSound("cwt")) {
            return byIssuer;
        }
        Section cwt = root.section("cwt");
        for (Section issuer : cwt.sections("issuers")) {
            if (issuer.has(SECTION)) {
                settings(issuer.section(SECTION), cwt, root)
                        .ifPresent(settings -> byIssuer.put(issuer.text("issuer"), settings));
            }
        }
        return byIssuer;
    }

    /** Whether some issuer's may. */
    static boolean isOn(Section cwt) {
        return cwt.sections("issuers").stream().anyMatch(issuer -> issuer.has(SECTION));
    }

    private static Optional<ExpiresInSettings> settings(Section section, Section cwt, Section root) {
        if (section.duration(LIFETIME).toSeconds() < 1) {
            section.problem(LIFETIME, "must be 1s or more", "write, for example, 1h");
        } else if (section.has(LIFETIME) && section.duration(LIFETIME).compareTo(cwt.duration("max-lifetime")) > 0) {
            String limit = cwt.text("max-lifetime");
            section.problem(LIFETIME, "is more than cwt.max-lifetime, " + limit, "write " + limit + " or less");
        }
        Optional<String> name = section.optionalText(NAME);
        Optional<TokenNumbering> numbering =
                numbering(section, name.orElse(root.texts("audience").get(0)), section, NAME);
        return section.isSound()
                ? numbering.map(sound ->
                        new ExpiresInSettings(sound, section.duration(LIFETIME), section.integer("max-tokens")))
                : Optional.empty();
    }

    /**
     * Empty after reporting a problem.
     *
     * @param section says how the number is written
     * @param named where the resource server's name stands
     */
    static Optional<TokenNumbering> numbering(Section section, String resourceServer, Section named, String key) {
        int length = resourceServer.getBytes(UTF_8).length;
        if (length > TokenNumbering.MAX_NAME_BYTES) {
            named.problem(
                    key,
                    "the resource server's name has " + length + " bytes, and a number has to fit into cti behind it",
                    "use a name of " + TokenNumbering.MAX_NAME_BYTES + " bytes at most");
            return Optional.empty();
        }
        TokenNumbering.Form form =
                section.text("number").equals("digits") ? TokenNumbering.Form.DIGITS : TokenNumbering.Form.BINARY;
        return Optional.of(new TokenNumbering(resourceServer, form));
    }
}
