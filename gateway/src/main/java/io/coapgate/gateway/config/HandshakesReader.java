package io.coapgate.gateway.config;

import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.gateway.device.Tenant;
import io.coapgate.gateway.token.HandshakeSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads how access tokens establish sessions: keys of {@code cwt} and of each issuer in it. */
final class HandshakesReader {
    private static final int MIN_DERIVATION_KEY_BYTES = 16;

    private final SecretReader secrets;
    private final Map<String, Tenant> ownDevices = new HashMap<>();
    private final Map<String, SecretBytes> derivationKeys = new HashMap<>();

    HandshakesReader(SecretReader secrets) {
        this.secrets = secrets;
    }

    Optional<HandshakeSettings> read(Section root) {
        Section cwt = root.section("cwt");
        cwt.sections("issuers").forEach(this::readIssuer);
        cwt.sections("issuers").forEach(issuer -> checkPurpose(issuer, cwt.sections("issuers")));
        if (root.isSound("listeners")) {
            cwt.sections("issuers").forEach(issuer -> checkUse(issuer, root.sections("listeners")));
        }
        if (!root.isSound("cwt")) {
            return Optional.empty();
        }
        Section waiting = cwt.section("waiting");
        waiting.checkPositive("unused-for", "10m");
        if (waiting.has("max-per-address") && waiting.integer("max-per-address") > waiting.integer("max")) {
            waiting.problem("max-per-address", "is more than max", "make this smaller or that larger");
        }
        if (!waiting.isSound()) {
            return Optional.empty();
        }
        return Optional.of(new HandshakeSettings(
                waiting.integer("max"),
                waiting.integer("max-per-address"),
                waiting.duration("unused-for"),
                ownDevices,
                derivationKeys));
    }

    private void readIssuer(Section issuer) {
        String name = issuer.text("issuer");
        if (issuer.text("devices").equals("any")) {
            if (!ownDevices.isEmpty() && !ownDevices.containsKey(name)) {
                issuer.problem(
                        "devices",
                        "another issuer has devices of its own already, and their names could be the same",
                        "write enrolled here or there");
            }
            ownDevices.put(name, new Tenant(issuer.text("tenant")));
        } else if (issuer.has("tenant")) {
            issuer.problem("tenant", "goes with devices: any", "leave it out: enrolled devices have their own");
        }
        if (issuer.has("derivation-key")) {
            secrets.secret(issuer, "derivation-key").ifPresent(key -> addDerivationKey(issuer, name, key));
        }
    }

    /** A secret that protects tokens can't derive keys as well: what one use gives away would help against the other. */
    private void checkPurpose(Section issuer, List<Section> issuers) {
        SecretBytes derivation = derivationKeys.get(issuer.text("issuer"));
        if (derivation == null || !issuer.has("derivation-key")) {
            return;
        }
        issuers.stream()
                .flatMap(other -> other.sections("keys").stream())
                .filter(key -> key.has("secret"))
                .filter(key ->
                        secrets.secret(key, "secret").filter(derivation::equals).isPresent())
                .findFirst()
                .ifPresent(key -> issuer.problem(
                        "derivation-key",
                        "is the secret of the key on line "
                                + key.position("secret").line() + " too",
                        "use 16 random bytes for nothing else, shared with the issuer: openssl rand -hex 16"));
    }

    /** What no listener makes use of is either superfluous, or a listener lacks a word; which one, only its author knows. */
    private static void checkUse(Section issuer, List<Section> listeners) {
        if (issuer.text("devices").equals("any") && listeners.stream().noneMatch(HandshakesReader::takesTokens)) {
            issuer.problem(
                    "devices",
                    "any goes with a listener that takes access tokens, and there is none",
                    "write access-tokens: true at a listener, or leave this out");
        }
        boolean derives = listeners.stream()
                .filter(HandshakesReader::takesTokens)
                .anyMatch(listener -> listener.texts("credentials").contains("psk"));
        if (issuer.has("derivation-key") && !derives) {
            issuer.problem(
                    "derivation-key",
                    "is for pre-shared keys of tokens, which no listener takes",
                    "write access-tokens: true at a listener for psk, or leave this out");
        }
    }

    private static boolean takesTokens(Section listener) {
        return listener.flag("access-tokens");
    }

    private void addDerivationKey(Section issuer, String name, SecretBytes key) {
        if (key.length() < MIN_DERIVATION_KEY_BYTES) {
            String message = "has " + key.length() + " bytes";
            issuer.problem("derivation-key", message, "use 16 random bytes at least: openssl rand -hex 16");
        }
        derivationKeys.put(name, key);
    }
}
