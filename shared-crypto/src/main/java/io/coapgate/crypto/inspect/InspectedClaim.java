package io.coapgate.crypto.inspect;

import io.coapgate.crypto.cose.StrictCbor;
import io.coapgate.crypto.cwt.CwtClaims;
import io.coapgate.crypto.cwt.InvalidCwtException;
import java.util.Optional;

/**
 * One claim as it stands in a token, judged by itself. Immutable.
 *
 * @param alone a set of this one claim, if it would be taken
 * @param refusal why not, if not
 */
public record InspectedClaim(CborItem label, CborItem value, Optional<CwtClaims> alone, Optional<CwtRefusal> refusal) {

    private static final byte MAP_OF_ONE = (byte) 0xa1;

    static InspectedClaim of(CborItem.Entry claim) {
        byte[] alone = Bytes.join(
                new byte[] {MAP_OF_ONE}, claim.key().encoded(), claim.value().encoded());
        try {
            CwtClaims sound = CwtClaims.decode(alone, StrictCbor.MAX_BYTES);
            return new InspectedClaim(claim.key(), claim.value(), Optional.of(sound), Optional.empty());
        } catch (InvalidCwtException e) {
            CwtRefusal refusal = CwtRefusal.of(e);
            return new InspectedClaim(claim.key(), claim.value(), Optional.empty(), Optional.of(refusal));
        }
    }
}
