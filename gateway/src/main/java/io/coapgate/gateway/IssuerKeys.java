package io.coapgate.gateway;

import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.gateway.admin.IssuerKeyGauges;
import io.coapgate.gateway.admin.Metrics;
import io.coapgate.gateway.config.ConfigException;
import io.coapgate.gateway.config.FileWatch;
import io.coapgate.gateway.config.GatewayConfig;
import io.coapgate.gateway.config.IssuerKeyReloader;
import io.coapgate.gateway.config.IssuerKeyStore;
import io.coapgate.gateway.issuing.IssuerKeySet;
import io.coapgate.gateway.keys.ClockJumps;
import io.coapgate.gateway.keys.KeyRing;
import io.coapgate.gateway.keys.KeyRings;
import io.coapgate.gateway.keys.KeyUse;
import io.coapgate.gateway.token.SigningKeySet;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;

/**
 * The keys that the gateway makes tokens with, as they are now. Whoever asks gets what the last change has left, without any
 * work: keys are read where the change is noticed. Thread-safe.
 */
final class IssuerKeys {
    private volatile Optional<SigningKeySet> signing;
    private volatile Optional<IssuerKeySet> issuing = Optional.empty();

    private IssuerKeys(Optional<SigningKeySet> configured) {
        this.signing = configured;
    }

    /**
     * Opens the key store, and follows it from then on.
     *
     * @throws ConfigException if keys can neither be read nor made
     */
    static IssuerKeys open(GatewayConfig config, Metrics metrics, Clock clock, Parts parts)
            throws ConfigException, IOException {
        IssuerKeys keys = new IssuerKeys(config.jwt().configuredKey().map(SigningKeySet::of));
        IssuerKeyStore store = IssuerKeyStore.of(config, clock, new SecureRandom());
        if (store.rotations().isEmpty()) {
            return keys;
        }
        ClockJumps jumps =
                new ClockJumps(clock, System::nanoTime, config.rotation().publishFirst());
        boolean ownJwtKeys = config.jwt().configuredKey().isEmpty();
        IssuerKeyReloader reloader = IssuerKeyReloader.open(store, jumps, rings -> keys.take(rings, ownJwtKeys));
        parts.add(FileWatch.start("issuer-keys-watch", store.path(), reloader));
        IssuerKeyGauges.show(metrics, () -> store.inUse(reloader.rings()), reloader::isFailing, clock);
        return keys;
    }

    private void take(KeyRings rings, boolean ownJwtKeys) {
        try {
            Optional<KeyRing> jwt = rings.of(KeyUse.JWT).filter(ring -> ownJwtKeys);
            Optional<KeyRing> macs = rings.of(KeyUse.CWT_MAC);
            Optional<KeyRing> signatures = rings.of(KeyUse.CWT_SIGNATURE);
            if (jwt.isPresent()) {
                signing = Optional.of(SigningKeySet.of(jwt.get()));
            }
            if (macs.isPresent() && signatures.isPresent()) {
                issuing = Optional.of(IssuerKeySet.of(macs.get(), signatures.get()));
            }
        } catch (KeyFormatException e) {
            throw new IllegalStateException("a key that was read can't be used", e);
        }
    }

    /** For JWTs. */
    SigningKeySet signing() {
        return signing.orElseThrow();
    }

    /** For CWTs, of a gateway that is an authorization server. */
    IssuerKeySet issuing() {
        return issuing.orElseThrow();
    }
}
