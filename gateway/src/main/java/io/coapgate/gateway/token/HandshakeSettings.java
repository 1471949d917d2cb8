package io.coapgate.gateway.token;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.gateway.device.Tenant;
import java.time.Duration;
import java.util.Map;

/**
 * How access tokens establish sessions, RFC 9202.
 *
 * @param maxTokens kept for handshakes, over all
 * @param maxPerSource uploaded from one address (IPv6: /64) and not used yet
 * @param unusedFor how long a token is kept that no handshake uses; one that was used stays until it expires
 * @param ownDevices by the issuers whose tokens may speak of devices that are not enrolled: the tenant of these
 * @param derivationKeys by issuer, what its tokens' symmetric keys are derived from (§3.3.1)
 */
public record HandshakeSettings(
        int maxTokens,
        int maxPerSource,
        Duration unusedFor,
        Map<String, Tenant> ownDevices,
        Map<String, SecretBytes> derivationKeys) {
    public HandshakeSettings {
        requireNonNull(unusedFor, "unusedFor");
        ownDevices = Map.copyOf(ownDevices);
        derivationKeys = Map.copyOf(derivationKeys);
        if (maxTokens < 1 || maxPerSource < 1 || unusedFor.isNegative() || unusedFor.isZero()) {
            throw new IllegalArgumentException("one token waits at least, for a while");
        }
    }
}
