package io.coapgate.gateway.exchange;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.ace.CreationHints;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.device.ScopeSet;
import io.coapgate.gateway.device.SessionKey;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.token.ClientNonces;
import java.util.Optional;

/**
 * Tells a device without a token where and for what to ask for one: AS Request Creation Hints, RFC 9200 §5.3.
 *
 * @param authorizationServer absolute URI of the token endpoint; empty if devices know it, or issue their own tokens
 * @param audience what to ask for
 * @param nonces that tokens must be made for; empty if any token will do
 */
public record CreationHintsPolicy(
        Optional<String> authorizationServer, String audience, Optional<ClientNonces> nonces) {
    public CreationHintsPolicy {
        requireNonNull(authorizationServer, "authorizationServer");
        requireNonNull(audience, "audience");
        requireNonNull(nonces, "nonces");
    }

    /**
     * What a token must name to count on this session (RFC 9202 §4). A device with a public key needs not be told which: it
     * has the one that it has shown.
     */
    private static Optional<KeyId> keyId(SessionKey key) {
        if (key instanceof SessionKey.Symmetric psk) {
            return psk.identity().keyId();
        }
        return key instanceof SessionKey.Issued issued ? Optional.of(issued.keyId()) : Optional.empty();
    }

    /** A refusal; with the hints if a token is what the session lacks, or one that has not ended (RFC 9202 §3.4). */
    public DeviceResponse refusal(Refusal reason, ScopeSet scope, AuthenticatedDevice device) {
        return reason == Refusal.TOKEN_MISSING || reason == Refusal.TOKEN_EXPIRED
                ? unauthorized(reason, scope, device)
                : Refusals.response(reason);
    }

    /** 4.01 with the hints in application/ace+cbor, which name the key of the session that a token should be bound to. */
    private DeviceResponse unauthorized(Refusal reason, ScopeSet scope, AuthenticatedDevice device) {
        CreationHints.Builder hints = CreationHints.builder().audience(audience);
        authorizationServer.ifPresent(hints::authorizationServer);
        if (!scope.isEmpty()) {
            hints.scope(scope.text());
        }
        keyId(device.sessionKey()).ifPresent(hints::keyId);
        nonces.map(ClientNonces::create).ifPresent(hints::cnonce);
        return DeviceResponse.refused(
                CoapCode.UNAUTHORIZED,
                reason,
                ContentFormat.ACE_CBOR,
                hints.build().encode());
    }
}
