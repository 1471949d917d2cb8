package io.coapgate.gateway.device;

import io.coapgate.gateway.device.DeviceRegistry.Enrolment;
import io.coapgate.gateway.refusal.Refusal;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Answers the handshake's question: whose credential is this, and is it in force? Asks the registry once per full
 * handshake, again only if the registry changes meanwhile, and never blocks. Thread-safe.
 */
public final class DeviceAuthenticator {
    /** A registry that changes during each of them is not to be trusted with an answer. */
    private static final int MAX_LOOK_UPS = 8;

    private static final SessionTerm UNBOUNDED = () -> Instant.MAX;

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
        return authenticate(
                () -> registry.findByPskIdentity(identity), DeviceAuthenticator::pskOf, UNBOUNDED, MAX_LOOK_UPS);
    }

    /** For a raw public key, whose possession the handshake proves by CertificateVerify. */
    public CompletionStage<Authentication> byPublicKey(PublicKey key) {
        SessionKey.Asymmetric sessionKey = SessionKey.Asymmetric.of(key);
        return authenticate(
                () -> registry.findByPublicKey(sessionKey.thumbprint()),
                credential -> sessionKey,
                UNBOUNDED,
                MAX_LOOK_UPS);
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
        return authenticate(
                () -> registry.findByCertificate(identities),
                credential -> SessionKey.Asymmetric.of(key),
                () -> notAfter,
                MAX_LOOK_UPS);
    }

    /**
     * For a key that a verified access token names. The registry's record counts if its device is enrolled.
     *
     * @param subject the token's {@code sub}
     * @param otherwise the tenant of a device that is not enrolled and exists by its token alone: without attributes and
     *     scopes of its own. Empty if there must be no such device
     */
    public CompletionStage<Authentication> byAccessToken(
            DeviceCredential.AccessToken token, DeviceId subject, Optional<Tenant> otherwise, SessionKey key) {
        return authenticate(
                () -> registry.findById(subject)
                        .thenApply(found -> found.or(() -> otherwise.map(tenant -> madeFromToken(subject, tenant)))
                                .map(device -> new Enrolment(device, token))),
                credential -> key,
                token.term(),
                MAX_LOOK_UPS);
    }

    private static Device madeFromToken(DeviceId id, Tenant tenant) {
        return new Device(id, tenant, Map.of(), true, ScopeSet.EMPTY, List.of());
    }

    /** Looks up again if the registry changed meanwhile: a revocation must not slip in between look-up and session. */
    private CompletionStage<Authentication> authenticate(
            Supplier<CompletionStage<Optional<Enrolment>>> lookUp,
            Function<DeviceCredential, SessionKey> sessionKey,
            SessionTerm proof,
            int lookUpsLeft) {
        if (lookUpsLeft == 0) {
            return CompletableFuture.failedFuture(new IllegalStateException("the registry does not come to rest"));
        }
        long asOf = live.changes();
        return lookUp.get()
                .thenCompose(found -> decide(found, sessionKey, proof, asOf)
                        .<CompletionStage<Authentication>>map(CompletableFuture::completedFuture)
                        .orElseGet(() -> authenticate(lookUp, sessionKey, proof, lookUpsLeft - 1)));
    }

    /** Empty if what was found may be out of date. */
    private Optional<Authentication> decide(
            Optional<Enrolment> found,
            Function<DeviceCredential, SessionKey> sessionKey,
            SessionTerm proof,
            long asOf) {
        Optional<Refusal> refusal = refusal(found);
        if (refusal.isPresent()) {
            return Optional.of(new Authentication.Refused(refusal.get()));
        }
        DeviceCredential credential = found.orElseThrow().credential();
        return live.attach(found.orElseThrow().device(), asOf)
                .map(shared -> new Authentication.Accepted(new AuthenticatedDevice(
                        new SessionId(random.nextLong(), random.nextLong()),
                        shared,
                        credential,
                        sessionKey.apply(credential),
                        term(credential, proof))));
    }

    private static SessionTerm term(DeviceCredential credential, SessionTerm proof) {
        if (credential instanceof DeviceCredential.AccessToken) {
            return proof;
        }
        Instant proofEnds = proof.notAfter();
        Instant credentialEnds = credential.validity().notAfter();
        Instant notAfter = proofEnds.isBefore(credentialEnds) ? proofEnds : credentialEnds;
        return () -> notAfter;
    }

    private Optional<Refusal> refusal(Optional<Enrolment> found) {
        if (found.isEmpty()) {
            return Optional.of(Refusal.CREDENTIAL_UNKNOWN);
        }
        if (!found.get().device().enabled()) {
            return Optional.of(Refusal.DEVICE_DISABLED);
        }
        Instant now = clock.instant();
        Validity validity = found.get().credential().validity();
        if (!validity.hasBegun(now)) {
            return Optional.of(Refusal.CREDENTIAL_NOT_YET_VALID);
        }
        return validity.hasEnded(now) ? Optional.of(Refusal.CREDENTIAL_EXPIRED) : Optional.empty();
    }

    private static SessionKey pskOf(DeviceCredential credential) {
        DeviceCredential.PreSharedKey psk = (DeviceCredential.PreSharedKey) credential;
        return new SessionKey.Symmetric(psk.identity(), psk.key());
    }
}
