package io.coapgate.gateway.device;

import io.coapgate.gateway.device.DeviceRegistry.Enrolment;
import io.coapgate.gateway.refusal.Refusal;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Answers the handshake's question: whose credential is this, and is it in force? Asks the registry once per full
 * handshake and never blocks. Thread-safe.
 */
public final class DeviceAuthenticator {
    private final DeviceRegistry registry;
    private final Clock clock;
    private final SecureRandom random;
    private final LiveDevices live = new LiveDevices();

    /** Registers with the registry, so that changes reach the devices that are already authenticated. */
    public DeviceAuthenticator(DeviceRegistry registry, Clock clock, SecureRandom random) {
        this.registry = registry;
        this.clock = clock;
        this.random = random;
        registry.onChange(live::apply);
    }

    /** For PSK: on acceptance the session key is symmetric and holds the key that the handshake must be run with. */
    public CompletionStage<Authentication> byPskIdentity(PskIdentity identity) {
        return registry.findByPskIdentity(identity)
                .thenApply(found -> decide(found, DeviceAuthenticator::pskOf, Instant.MAX));
    }

    /** For a raw public key, whose possession the handshake proves by CertificateVerify. */
    public CompletionStage<Authentication> byPublicKey(PublicKey key) {
        SessionKey.Asymmetric sessionKey = SessionKey.Asymmetric.of(key);
        return registry.findByPublicKey(sessionKey.thumbprint())
                .thenApply(found -> decide(found, credential -> sessionKey, Instant.MAX));
    }

    /**
     * For a certificate that the trust store has already vouched for.
     *
     * @param identities what the certificate can be recognised by, the most specific first
     * @param key the certificate's public key
     * @param notAfter when the certificate ends
     */
    public CompletionStage<Authentication> byCertificate(
            List<CertificateIdentity> identities, PublicKey key, Instant notAfter) {
        return registry.findByCertificate(identities)
                .thenApply(found -> decide(found, credential -> SessionKey.Asymmetric.of(key), notAfter));
    }

    private Authentication decide(
            Optional<Enrolment> found, Function<DeviceCredential, SessionKey> sessionKey, Instant proofEnds) {
        if (found.isEmpty()) {
            return new Authentication.Refused(Refusal.CREDENTIAL_UNKNOWN);
        }
        Enrolment enrolment = found.get();
        Instant now = clock.instant();
        Validity validity = enrolment.credential().validity();
        if (!enrolment.device().enabled()) {
            return new Authentication.Refused(Refusal.DEVICE_DISABLED);
        }
        if (!validity.hasBegun(now)) {
            return new Authentication.Refused(Refusal.CREDENTIAL_NOT_YET_VALID);
        }
        if (validity.hasEnded(now)) {
            return new Authentication.Refused(Refusal.CREDENTIAL_EXPIRED);
        }
        return new Authentication.Accepted(new AuthenticatedDevice(
                new SessionId(random.nextLong(), random.nextLong()),
                live.attach(enrolment.device()),
                enrolment.credential(),
                sessionKey.apply(enrolment.credential()),
                proofEnds.isBefore(validity.notAfter()) ? proofEnds : validity.notAfter()));
    }

    private static SessionKey pskOf(DeviceCredential credential) {
        DeviceCredential.PreSharedKey psk = (DeviceCredential.PreSharedKey) credential;
        return new SessionKey.Symmetric(psk.identity(), psk.key());
    }
}
