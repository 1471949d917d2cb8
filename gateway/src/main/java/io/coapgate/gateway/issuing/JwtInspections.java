package io.coapgate.gateway.issuing;

import io.coapgate.crypto.jose.VerifiedJwt;
import io.coapgate.gateway.device.Device;
import io.coapgate.gateway.device.DeviceId;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What services are told of the JWTs that they get (RFC 7662), and how clients end theirs (RFC 7009). Of a token that is for
 * another service, has ended, was revoked, or whose device is no longer enabled, a service hears only that it is not active.
 * Verifies signatures. Thread-safe.
 */
public final class JwtInspections {
    private final OwnJwts jwts;
    private final RevokedJwts revoked;
    private final Function<DeviceId, Optional<Device>> registry;
    private final Map<DeviceId, Set<String>> services;
    private final Set<String> audiences;

    /**
     * @param registry answers at once
     * @param services by the client that each is, the audiences that it answers for
     * @param audiences all that there may be tokens for
     */
    public JwtInspections(
            OwnJwts jwts,
            RevokedJwts revoked,
            Function<DeviceId, Optional<Device>> registry,
            Map<DeviceId, Set<String>> services,
            Set<String> audiences) {
        this.jwts = jwts;
        this.revoked = revoked;
        this.registry = registry;
        this.services = new HashMap<>(services);
        this.audiences = new HashSet<>(audiences);
    }

    /**
     * The token, if it is active.
     *
     * @throws IOException if it can't be told whether it has been revoked
     */
    public Optional<VerifiedJwt> introspect(AuthenticatedClient asker, String token)
            throws OAuthRefusedException, IOException {
        Set<String> own = services.getOrDefault(asker.id(), Set.of());
        if (own.isEmpty()) {
            throw new OAuthRefusedException(OAuthError.UNAUTHORIZED_CLIENT, "not a service that may ask");
        }
        Optional<VerifiedJwt> jwt = jwts.verify(token, own).filter(verified -> isEnabled(verified.subject()));
        return jwt.isPresent() && revoked.contains(jwt.get().tokenId()) ? Optional.empty() : jwt;
    }

    /**
     * Ends a token of the client's own. Nothing happens to what is no token, or has ended (RFC 7009 §2.2).
     *
     * @throws IOException if that can't be recorded; the token is not revoked then
     */
    public void revoke(AuthenticatedClient client, String token) throws OAuthRefusedException, IOException {
        Optional<VerifiedJwt> jwt = jwts.verify(token, audiences);
        if (jwt.isEmpty()) {
            return;
        }
        if (!jwt.get().clientId().equals(client.id().value())) {
            throw new OAuthRefusedException(OAuthError.UNAUTHORIZED_CLIENT, "the token of another client");
        }
        revoked.add(jwt.get().tokenId(), jwt.get().expiresAt());
    }

    private boolean isEnabled(String subject) {
        try {
            return registry.apply(new DeviceId(subject)).filter(Device::enabled).isPresent();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
