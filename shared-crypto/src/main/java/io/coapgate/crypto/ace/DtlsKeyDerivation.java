package io.coapgate.crypto.ace;

import com.upokecenter.cbor.CBORObject;
import io.coapgate.crypto.cose.StrictCbor;
import io.coapgate.crypto.key.HkdfSha256;
import io.coapgate.crypto.key.SecretBytes;

/**
 * The symmetric key that a token stands for without carrying it (RFC 9202 §3.3.1): an authorization server and a resource
 * server that share a key derive it from that key and the token, each by itself, and only the client is told it.
 *
 * <p>The token must name a {@code kid} in its {@code cnf} that no other token for that resource server has: two tokens
 * that are equal byte for byte stand for one key.
 */
public final class DtlsKeyDerivation {

    /** What is derived: as long as the keys of TLS_PSK_WITH_AES_128_CCM_8, which both sides must support. */
    public static final int KEY_BYTES = 16;

    private static final String TYPE = "ACE-CoAP-DTLS-key-derivation";
    private static final byte[] NO_SALT = {};

    private DtlsKeyDerivation() {}

    /**
     * The key of {@value #KEY_BYTES} bytes that client and resource server use in their handshake.
     *
     * @param derivationKey shared by authorization server and resource server, and used for nothing else
     * @param accessToken byte for byte as the authorization server gave it out
     */
    public static SecretBytes derive(SecretBytes derivationKey, byte[] accessToken) {
        return HkdfSha256.derive(derivationKey, NO_SALT, info(accessToken, KEY_BYTES), KEY_BYTES);
    }

    /** {@code info = [type, L, access_token]} in deterministic encoding. */
    static byte[] info(byte[] accessToken, int length) {
        return StrictCbor.encode(CBORObject.NewArray().Add(TYPE).Add(length).Add(CBORObject.FromObject(accessToken)));
    }
}
