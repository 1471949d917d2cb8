package io.coapgate.crypto.ace;

import static io.coapgate.crypto.ace.AceFormatException.Reason.INVALID_PARAMETER;
import static io.coapgate.crypto.ace.AceFormatException.Reason.MALFORMED;
import static io.coapgate.crypto.ace.AceFormatException.Reason.TOO_LARGE;

import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.StrictCbor;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which methods are allowed on which resources: the Authorization Information Format for REST, application/aif+cbor
 * (RFC 9237 §2.1, AIF-REST), as the bytes of a scope. Encoded it is an array of pairs, each a local URI and a number whose
 * bits are methods.
 *
 * @param permissions one for each resource, in the order of their encoding; none allows nothing
 */
public record Aif(List<Permission> permissions) {

    /** More resources than this no token speaks of here. */
    public static final int MAX_PERMISSIONS = 64;

    private static final int MAX_BYTES = 4096;

    public Aif {
        permissions = List.copyOf(permissions);
        if (permissions.size() > MAX_PERMISSIONS) {
            throw new IllegalArgumentException("more than " + MAX_PERMISSIONS + " resources");
        }
        Set<String> paths = new HashSet<>();
        for (Permission permission : permissions) {
            if (!paths.add(permission.path())) {
                throw new IllegalArgumentException("two permissions for one resource");
            }
        }
    }

    /**
     * What may be done with one resource.
     *
     * @param path an absolute path and perhaps a query, as in a URI and percent-encoded where that needs it
     * @param methods the bits of RFC 9237 §2.2: 0 to 6 are GET, POST, PUT, DELETE, FETCH, PATCH and iPATCH; 32 more each
     *     for what the resource leads to
     */
    public record Permission(String path, long methods) {

        private static final int MAX_LENGTH = 255;

        public Permission {
            if (!isLocalUri(path)) {
                throw new IllegalArgumentException("a local URI starts with / and has 255 characters at most");
            }
            if (methods < 0) {
                throw new IllegalArgumentException("bit 63 is no method");
            }
        }

        private static boolean isLocalUri(String text) {
            return text.startsWith("/")
                    && text.length() <= MAX_LENGTH
                    && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
        }
    }

    /** Decodes at most 4096 bytes and {@value #MAX_PERMISSIONS} pairs. */
    public static Aif decode(byte[] encoded) throws AceFormatException {
        CBORObject array = array(encoded);
        if (array.size() > MAX_PERMISSIONS) {
            throw new AceFormatException(TOO_LARGE, "an AIF of too many resources");
        }
        try {
            return new Aif(array.getValues().stream().map(Aif::permission).toList());
        } catch (IllegalArgumentException e) {
            throw new AceFormatException(INVALID_PARAMETER, "AIF: " + e.getMessage());
        }
    }

    public byte[] encode() {
        CBORObject array = CBORObject.NewArray();
        for (Permission permission : permissions) {
            array.Add(CBORObject.NewArray().Add(permission.path()).Add(permission.methods()));
        }
        return StrictCbor.encode(array);
    }

    private static CBORObject array(byte[] encoded) throws AceFormatException {
        try {
            CBORObject decoded = StrictCbor.decode(encoded, MAX_BYTES);
            if (decoded.getType() == CBORType.Array) {
                return decoded;
            }
        } catch (CoseException e) {
            throw new AceFormatException(
                    e.reason() == CoseException.Reason.TOO_LARGE ? TOO_LARGE : MALFORMED, e.getMessage());
        }
        throw new AceFormatException(MALFORMED, "an AIF that is not an array");
    }

    private static Permission permission(CBORObject pair) {
        boolean wellFormed = pair.getType() == CBORType.Array
                && pair.size() == 2
                && pair.get(0).getType() == CBORType.TextString
                && pair.get(1).getType() == CBORType.Integer
                && pair.get(1).CanValueFitInInt64();
        if (!wellFormed) {
            throw new IllegalArgumentException("a permission is a local URI and a number of methods");
        }
        return new Permission(pair.get(0).AsString(), pair.get(1).AsInt64Value());
    }
}
