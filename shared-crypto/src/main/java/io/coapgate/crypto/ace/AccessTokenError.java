package io.coapgate.crypto.ace;

import static io.coapgate.crypto.ace.AceFormatException.Reason.INVALID_PARAMETER;
import static io.coapgate.crypto.ace.AceFormatException.Reason.MISSING_PARAMETER;

import java.util.Objects;
import java.util.Optional;

/**
 * Why there is no token: the error response of the token endpoint, content format 19 (RFC 9200 §5.8.3).
 *
 * @param description for whoever develops the client; not fit for decisions
 */
public record AccessTokenError(AceError error, Optional<String> description) {

    private static final int MAX_BYTES = 1024;

    public AccessTokenError {
        Objects.requireNonNull(error, "error");
        Objects.requireNonNull(description, "description");
    }

    /** The bare code. */
    public static AccessTokenError of(AceError error) {
        return new AccessTokenError(error, Optional.empty());
    }

    /** Decodes at most 1024 bytes; parameters that are not known are passed over, error codes are not. */
    public static AccessTokenError decode(byte[] encoded) throws AceFormatException {
        AceMap map = AceMap.decode(encoded, MAX_BYTES);
        int code = map.integer(AceParameter.ERROR)
                .orElseThrow(() -> new AceFormatException(MISSING_PARAMETER, "an error response without an error"));
        AceError error = AceError.ofCode(code)
                .orElseThrow(() -> new AceFormatException(INVALID_PARAMETER, "an error that is not known"));
        return new AccessTokenError(error, map.text(AceParameter.ERROR_DESCRIPTION));
    }

    public byte[] encode() {
        AceMap map = new AceMap().put(AceParameter.ERROR, error.code());
        description.ifPresent(text -> map.put(AceParameter.ERROR_DESCRIPTION, text));
        return map.encode();
    }
}
