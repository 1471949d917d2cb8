package io.coapgate.gateway.issuing;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.ace.AceScope;
import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.cwt.CwtId;
import io.coapgate.gateway.device.DeviceId;
import java.time.Instant;

/**
 * What is known of a token once it has been given out; not the token itself.
 *
 * @param id its {@code cti}, which no other token of the gateway has
 * @param confirmation its {@code cnf}, which may hold the client's symmetric key
 * @param responseBytes how long the response is that brings it to its client
 */
public record IssuedToken(
        CwtId id,
        DeviceId subject,
        String audience,
        AceScope scope,
        Confirmation confirmation,
        Instant issuedAt,
        Instant expiresAt,
        int responseBytes) {
    /**
     * The most that a message should carry where nothing is known of the path: above it, fragments of IP packets or blocks
     * of CoAP take over (RFC 7252 §4.6).
     */
    public static final int DATAGRAM_BYTES = 1024;

    public IssuedToken {
        requireNonNull(id, "id");
        requireNonNull(subject, "subject");
        requireNonNull(audience, "audience");
        requireNonNull(scope, "scope");
        requireNonNull(confirmation, "confirmation");
        requireNonNull(issuedAt, "issuedAt");
        requireNonNull(expiresAt, "expiresAt");
    }

    /** Whether token, key and what else the client is told fit into one datagram. */
    public boolean fitsOneDatagram() {
        return responseBytes <= DATAGRAM_BYTES;
    }

    @Override
    public String toString() {
        return "IssuedToken[" + id + " for " + subject + " at " + audience + "]";
    }
}
