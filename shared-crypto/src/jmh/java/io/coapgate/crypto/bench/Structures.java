package io.coapgate.crypto.bench;

import com.upokecenter.cbor.CBORObject;
import io.coapgate.crypto.cose.CoseAlgorithm;

/** What COSE authenticates, built with the CBOR library: so the floor works on the same bytes as the others. */
final class Structures {

    private static final int ALG = 1;

    private Structures() {}

    /** A Sig_structure or MAC_structure (RFC 9052 §4.4, §6.3) without external data. */
    static byte[] authenticated(String context, CoseAlgorithm algorithm, byte[] payload) {
        return start(context, algorithm).Add(payload).EncodeToBytes();
    }

    /** An Enc_structure (RFC 9052 §5.3) without external data. */
    static byte[] additional(CoseAlgorithm algorithm) {
        return start("Encrypt0", algorithm).EncodeToBytes();
    }

    private static CBORObject start(String context, CoseAlgorithm algorithm) {
        byte[] protectedBytes = CBORObject.NewMap().Add(ALG, algorithm.id()).EncodeToBytes();
        return CBORObject.NewArray().Add(context).Add(protectedBytes).Add(new byte[0]);
    }
}
