package io.coapgate.gateway.issuing;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.ace.AceScope;
import io.coapgate.crypto.ace.TokenHash;
import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.cwt.CwtClaims;
import io.coapgate.crypto.cwt.CwtId;
import io.coapgate.gateway.device.DeviceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a token once it has been given out; not the token itself.
 *
 * @param hash its name in revocation lists
 * @param id its {@code cti}, which no other token of the gateway has
 * @param confirmation its {@code cnf}, which may hold the client's symmetric key
 * @param expiresIn how long it lives from its first arrival on, if it does not say when it ends; then {@code expiresAt} is
 *     when it ends if it arrived at once
 * @param responseBytes how long the response is that brings it to its client
 */
public record IssuedToken(
        TokenHash hash,
        CwtId id,
        DeviceId subject,
        String audience,
        AceScope scope,
        Confirmation confirmation,
        Instant issuedAt,
        Instant expiresAt,
        Optional<Duration> expiresIn,
        int responseBytes) {
    /**
     * The most that a message should carry where nothing is known of the path: above it, fragments of IP packets or blocks
     * of CoAP take over (RFC 7252 §4.6).
     */
    public static final int DATAGRAM_BYTES = 1024;

    public IssuedToken {
        requireNonNull(hash, "hash");
        requireNonNull(id, "id");
        requireNonNull(subject, "subject");
        requireNonNull(audience, "audience");
        requireNonNull(scope, "scope");
        requireNonNull(confirmation, "confirmation");
        requireNonNull(issuedAt, "issuedAt");
        requireNonNull(expiresAt, "expiresAt");
        requireNonNull(expiresIn, "expiresIn");
    }

    /** One that says when it ends. */
    public IssuedToken(
            TokenHash hash,
            CwtId id,
            DeviceId subject,
            String audience,
            AceScope scope,
            Confirmation confirmation,
            Instant issuedAt,
            Instant expiresAt,
            int responseBytes) {
        this(hash, id, subject, audience, scope, confirmation, issuedAt, expiresAt, Optional.empty(), responseBytes);
    }

    /** Whether token, key and what else the client is told fit into one datagram. */
    public boolean fitsOneDatagram() {
        return responseBytes <= DATAGRAM_BYTES;
    }

    /** What a resource server is told of it, as the claims that it carries; without the issuer. */
    public CwtClaims claims() {
        CwtClaims.Builder claims = CwtClaims.builder()
                .subject(subject.value())
                .audience(audience)
                .issuedAt(issuedAt)
                .id(id)
                .confirmation(confirmation);
        expiresIn.ifPresentOrElse(claims::expiresIn, () -> claims.expiresAt(expiresAt));
        return scope instanceof AceScope.OfText words
                ? claims.scope(words.text()).build()
                : claims.scopeBytes(((AceScope.OfBytes) scope).bytes()).build();
    }

    /** The same with its end, whatever it says of it itself. */
    CwtClaims recorded() {
        return claims().toBuilder().expiresAt(expiresAt).build();
    }

    /** The token of these claims, as they were recorded; empty if they are not all there. */
    static Optional<IssuedToken> of(TokenHash hash, CwtClaims claims) {
        Optional<AceScope> scope =
                claims.scope().map(AceScope::of).or(() -> claims.scopeBytes().map(AceScope::of));
        boolean whole = claims.id().isPresent()
                && claims.subject().isPresent()
                && claims.audience().size() == 1
                && scope.isPresent()
                && claims.confirmation().isPresent()
                && claims.issuedAt().isPresent()
                && claims.expiresAt().isPresent();
        return whole
                ? Optional.of(new IssuedToken(
                        hash,
                        claims.id().get(),
                        new DeviceId(claims.subject().get()),
                        claims.audience().get(0),
                        scope.get(),
                        claims.confirmation().get(),
                        claims.issuedAt().get(),
                        claims.expiresAt().get(),
                        claims.expiresIn(),
                        0))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "IssuedToken[" + id + " for " + subject + " at " + audience + "]";
    }
}
