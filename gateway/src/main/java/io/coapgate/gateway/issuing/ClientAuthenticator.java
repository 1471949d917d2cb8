package io.coapgate.gateway.issuing;

import io.coapgate.crypto.jose.ClientAssertions;
import io.coapgate.crypto.jose.InvalidJwtException;
import io.coapgate.gateway.device.Device;
import io.coapgate.gateway.device.DeviceCredential;
import io.coapgate.gateway.device.DeviceId;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Authenticates clients over HTTP: enrolled devices, by a secret or by a JWT that they sign (RFC 6749 §2.3.1, RFC 7523 §2.2).
 * Whoever is refused can't tell an unknown client from a wrong secret or a disabled device. Verifies signatures: not for
 * threads that must not be held up. Thread-safe.
 */
public final class ClientAuthenticator {
    private final Function<DeviceId, Optional<Device>> registry;
    private final ClientAssertions assertions;
    private final AssertionIds seen;
    private final Clock clock;

    /** @param registry answers at once */
    public ClientAuthenticator(
            Function<DeviceId, Optional<Device>> registry, ClientAssertions assertions, Clock clock) {
        this.registry = registry;
        this.assertions = assertions;
        this.seen = new AssertionIds(clock);
        this.clock = clock;
    }

    /** By {@code client_secret_basic}. */
    public AuthenticatedClient bySecret(String clientId, byte[] secret) throws OAuthRefusedException {
        Device device = find(clientId).orElseThrow(ClientAuthenticator::unknown);
        Instant now = clock.instant();
        Optional<DeviceCredential> match = Optional.empty();
        for (DeviceCredential credential : device.credentials()) { // all of them, whichever it is
            if (credential instanceof DeviceCredential.ClientSecret kept && kept.matches(secret)) {
                match = Optional.of(credential);
            }
        }
        DeviceCredential used =
                match.filter(credential -> isInForce(credential, now)).orElseThrow(ClientAuthenticator::unknown);
        return new AuthenticatedClient(device, used.validity().notAfter());
    }

    /**
     * By {@code private_key_jwt}.
     *
     * @param clientId that the request names beside it, if it does; must be the one that signs
     */
    public AuthenticatedClient byAssertion(String assertion, Optional<String> clientId) throws OAuthRefusedException {
        ClientAssertions.Verified verified = verify(assertion);
        if (clientId.filter(id -> !id.equals(verified.client())).isPresent()) {
            throw unknown();
        }
        Device device = find(verified.client()).orElseThrow(ClientAuthenticator::unknown);
        DeviceCredential used = keys(device)
                .filter(credential -> credential.key().equals(verified.key()))
                .findFirst()
                .orElseThrow(ClientAuthenticator::unknown);
        if (!seen.isFirst(device.id(), verified.id(), verified.expiresAt())) {
            throw unknown();
        }
        return new AuthenticatedClient(device, used.validity().notAfter());
    }

    private ClientAssertions.Verified verify(String assertion) throws OAuthRefusedException {
        try {
            return assertions.verify(assertion, this::keysOf);
        } catch (InvalidJwtException e) {
            throw unknown();
        }
    }

    private List<PublicKey> keysOf(String clientId) {
        return find(clientId).stream()
                .flatMap(this::keys)
                .map(DeviceCredential.RawPublicKey::key)
                .toList();
    }

    private Stream<DeviceCredential.RawPublicKey> keys(Device device) {
        Instant now = clock.instant();
        return device.credentials().stream()
                .filter(DeviceCredential.RawPublicKey.class::isInstance)
                .map(DeviceCredential.RawPublicKey.class::cast)
                .filter(credential -> isInForce(credential, now));
    }

    private Optional<Device> find(String clientId) {
        try {
            return registry.apply(new DeviceId(clientId)).filter(Device::enabled);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isInForce(DeviceCredential credential, Instant now) {
        return credential.validity().hasBegun(now) && !credential.validity().hasEnded(now);
    }

    private static OAuthRefusedException unknown() {
        return new OAuthRefusedException(OAuthError.INVALID_CLIENT, "client authentication failed");
    }
}
