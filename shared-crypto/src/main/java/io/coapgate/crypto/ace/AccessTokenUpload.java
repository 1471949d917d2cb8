package io.coapgate.crypto.ace;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a client posts to {@code /authz-info} in content format 19, application/ace+cbor: a map with {@code access_token}
 * (RFC 9200 §5.8.5), as RFC 9203 §4.1 has it. Immutable; the token is not looked into.
 *
 * <p>In content format 61, application/cwt, the payload is the bare token (RFC 9200 §5.10.1) and needs no class.
 */
public final class AccessTokenUpload {

    private final byte[] accessToken;

    private AccessTokenUpload(byte[] owned) {
        this.accessToken = owned;
    }

    /** An upload of this token. */
    public static AccessTokenUpload of(byte[] accessToken) {
        return new AccessTokenUpload(accessToken.clone());
    }

    /**
     * Decodes an upload of at most {@code maxBytes}. Parameters other than {@code access_token} are passed over.
     *
     * @throws AceFormatException if it is not such a map, or the token is absent or not a byte string
     */
    public static AccessTokenUpload decode(byte[] payload, int maxBytes) throws AceFormatException {
        byte[] token = AceMap.decode(payload, maxBytes)
                .bytes(AceParameter.ACCESS_TOKEN)
                .orElseThrow(() -> new AceFormatException(
                        AceFormatException.Reason.MISSING_PARAMETER, "no access_token in the upload"));
        return new AccessTokenUpload(token);
    }

    /** A copy of the token. */
    public byte[] accessToken() {
        return accessToken.clone();
    }

    public byte[] encode() {
        return new AceMap().put(AceParameter.ACCESS_TOKEN, accessToken).encode();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AccessTokenUpload that && Arrays.equals(accessToken, that.accessToken);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(accessToken);
    }

    @Override
    public String toString() {
        return "AccessTokenUpload[" + accessToken.length + " bytes]";
    }
}
