package io.coapgate.gateway.trust;

import io.coapgate.crypto.cwt.CwtClaims;
import java.time.Instant;
import java.util.Arrays;

/**
 * An opaque token that was active when its authorization server was asked last.
 *
 * @param token not copied: nobody changes it
 * @param end of the token itself
 * @param due when to ask again
 */
record KnownToken(byte[] token, CwtClaims claims, Instant checkedAt, Instant end, Instant due) {
    boolean isDue(Instant now) {
        return !now.isBefore(due);
    }

    /** Other members, as the time of the answer, may differ from one answer to the next. */
    boolean grantsTheSameAs(CwtClaims others) {
        return Arrays.equals(grant(claims), grant(others));
    }

    /** What sessions rest on. */
    private static byte[] grant(CwtClaims claims) {
        CwtClaims.Builder grant = CwtClaims.builder();
        claims.subject().ifPresent(grant::subject);
        claims.audience().forEach(grant::audience);
        claims.scope().ifPresent(grant::scope);
        claims.scopeBytes().ifPresent(grant::scopeBytes);
        claims.confirmation().ifPresent(grant::confirmation);
        claims.expiresAt().ifPresent(grant::expiresAt);
        return grant.build().encode();
    }

    @Override
    public String toString() {
        return "KnownToken[" + claims + "]";
    }
}
