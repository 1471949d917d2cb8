package io.coapgate.crypto.ace;

import static io.coapgate.crypto.ace.AceFormatException.Reason.INVALID_PARAMETER;
import static io.coapgate.crypto.ace.AceFormatException.Reason.MALFORMED;
import static io.coapgate.crypto.ace.AceFormatException.Reason.MISSING_PARAMETER;
import static io.coapgate.crypto.ace.AceFormatException.Reason.TOO_LARGE;

import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.StrictCbor;
import io.coapgate.crypto.cwt.CwtClaims;
import io.coapgate.crypto.cwt.InvalidCwtException;
import java.util.Optional;

/**
 * What an authorization server knows of a token, content format 19 (RFC 9200 §5.9.2). The parameters have the labels of the
 * CWT claims of the same names, with {@code active} beside them. Immutable.
 *
 * @param claims empty if the token is not active, of which nothing more is said (RFC 7662 §2.2)
 */
public record IntrospectionResponse(Optional<CwtClaims> claims) {
    /** No such token, or none that is valid now. */
    public static final IntrospectionResponse INACTIVE = new IntrospectionResponse(Optional.empty());

    /** A token that is valid now, for whoever asked. */
    public static IntrospectionResponse active(CwtClaims claims) {
        return new IntrospectionResponse(Optional.of(claims));
    }

    /**
     * Decodes a response of at most {@code maxBytes}. Parameters that are not known are kept as claims.
     *
     * @throws AceFormatException if it is no such map, does not say whether the token is active, or a claim is not what it
     *     has to be
     */
    public static IntrospectionResponse decode(byte[] encoded, int maxBytes) throws AceFormatException {
        CBORObject map = map(encoded, maxBytes);
        CBORObject active = StrictCbor.get(map, AceParameter.ACTIVE)
                .orElseThrow(() -> new AceFormatException(MISSING_PARAMETER, "no word on whether the token is active"));
        if (active.getType() != CBORType.Boolean) {
            throw new AceFormatException(INVALID_PARAMETER, "parameter 10 is of the wrong type");
        }
        if (!active.isTrue()) {
            return INACTIVE;
        }
        map.Remove(CBORObject.FromObject(AceParameter.ACTIVE));
        try {
            return active(CwtClaims.decode(StrictCbor.encode(map), maxBytes));
        } catch (InvalidCwtException e) {
            throw new AceFormatException(INVALID_PARAMETER, "claims: " + e.getMessage());
        }
    }

    public byte[] encode() {
        try {
            byte[] said = claims.isPresent() ? claims.get().encode() : StrictCbor.encode(CBORObject.NewMap());
            CBORObject map = StrictCbor.decodeMap(said, StrictCbor.MAX_BYTES);
            map.set(CBORObject.FromObject(AceParameter.ACTIVE), CBORObject.FromObject(claims.isPresent()));
            return StrictCbor.encode(map);
        } catch (CoseException e) {
            throw new IllegalStateException("claims that were just encoded can't be read", e);
        }
    }

    private static CBORObject map(byte[] encoded, int maxBytes) throws AceFormatException {
        try {
            return StrictCbor.decodeMap(encoded, maxBytes);
        } catch (CoseException e) {
            throw new AceFormatException(
                    e.reason() == CoseException.Reason.TOO_LARGE ? TOO_LARGE : MALFORMED, e.getMessage());
        }
    }
}
