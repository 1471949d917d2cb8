package io.coapgate.gateway.token;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.coapgate.crypto.cose.VerificationKey;
import io.coapgate.crypto.cwt.IssuerDecryptionKey;
import io.coapgate.crypto.cwt.IssuerKeys;
import io.coapgate.gateway.device.AuthenticatedDevice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys of those whose CWTs count: authorization servers everywhere, a device on its own session. Thread-safe. */
final class AcceptedKeys {
    private final Map<String, TrustedIssuer> issuers;
    private final boolean selfIssued;

    AcceptedKeys(List<TrustedIssuer> issuers, boolean selfIssued) {
        this.issuers = issuers.stream().collect(toUnmodifiableMap(TrustedIssuer::name, issuer -> issuer));
        this.selfIssued = selfIssued;
    }

    /** The authorization server of this name. */
    Optional<TrustedIssuer> issuer(String name) {
        return Optional.ofNullable(issuers.get(name));
    }

    /** For a token that comes before there is a session: nobody's word counts but that of authorization servers. */
    ForToken beforeSession() {
        return new ForToken(null);
    }

    ForToken onSessionOf(AuthenticatedDevice device) {
        return new ForToken(device);
    }

    /**
     * For one token. The device's own name wins over an authorization server of the same name, and only on the device's
     * session.
     */
    final class ForToken implements IssuerKeys {
        private final @Nullable AuthenticatedDevice device;
        private @Nullable TrustedIssuer asked;

        private ForToken(@Nullable AuthenticatedDevice device) {
            this.device = device;
        }

        @Override
        public List<VerificationKey> keysOf(String issuer) {
            if (device != null && isOfDevice(issuer)) {
                // What an access token gave to a device ends with that token: it gives no word of the device's own.
                return selfIssued && !device.isByToken() ? SelfIssuedKeys.of(device.sessionKey()) : List.of();
            }
            TrustedIssuer trusted = issuers.get(issuer);
            asked = trusted;
            return trusted == null ? List.of() : trusted.verificationKeys();
        }

        /** The authorization server that the token says it is of, once its keys have been asked for. */
        Optional<IssuerKeySource> asked() {
            return Optional.ofNullable(asked).map(TrustedIssuer::keys);
        }

        @Override
        public List<IssuerDecryptionKey> decryptionKeys() {
            return issuers.values().stream()
                    .filter(issuer -> !isOfDevice(issuer.name()))
                    .flatMap(issuer ->
                            issuer.decryptionKeys().stream().map(key -> new IssuerDecryptionKey(issuer.name(), key)))
                    .toList();
        }

        /** Whether an issuer of this name is the device of the session itself. */
        boolean isOfDevice(String issuer) {
            return device != null && issuer.equals(device.id().value());
        }
    }
}
