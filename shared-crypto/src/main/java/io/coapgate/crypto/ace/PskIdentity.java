package io.coapgate.crypto.ace;

import static io.coapgate.crypto.ace.AceFormatException.Reason.INVALID_PARAMETER;
import static io.coapgate.crypto.ace.AceFormatException.Reason.MISSING_PARAMETER;

import com.upokecenter.cbor.CBORObject;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.cwt.InvalidCwtException;
import io.coapgate.crypto.key.KeyId;

/**
 * The DTLS {@code psk_identity} that names the key of an uploaded token (RFC 9202 §3.3.2): a map of {@code cnf} with a
 * symmetric COSE_Key of nothing but {@code kid}.
 */
public final class PskIdentity {

    private static final int MAX_BYTES = 128;
    private static final int COSE_KEY = 1;
    private static final int KEY_TYPE = 1;
    private static final int KEY_ID = 2;

    private PskIdentity() {}

    /** The identity that names this key. */
    public static byte[] encode(KeyId keyId) {
        CBORObject key =
                CBORObject.NewMap().Add(KEY_TYPE, CoseKey.Type.SYMMETRIC.id()).Add(KEY_ID, keyId.bytes());
        CBORObject cnf = CBORObject.NewMap().Add(COSE_KEY, key);
        return new AceMap().put(AceParameter.CNF, cnf).encode();
    }

    /**
     * The key that an identity names.
     *
     * @throws AceFormatException if the identity is not of this form
     */
    public static KeyId decode(byte[] pskIdentity) throws AceFormatException {
        CBORObject cnf = AceMap.decode(pskIdentity, MAX_BYTES)
                .any(AceParameter.CNF)
                .orElseThrow(() -> new AceFormatException(MISSING_PARAMETER, "no cnf in the PSK identity"));
        try {
            if (Confirmation.ofCbor(cnf) instanceof Confirmation.OfKeyId named) {
                return named.keyId();
            }
        } catch (InvalidCwtException e) {
            throw new AceFormatException(INVALID_PARAMETER, "a PSK identity whose cnf is not understood");
        }
        throw new AceFormatException(INVALID_PARAMETER, "a PSK identity that carries a key");
    }
}
