package io.coapgate.crypto.cose;

import static io.coapgate.crypto.cose.CoseException.Reason.INVALID_KEY;

import io.coapgate.crypto.key.Ed25519;
import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.crypto.key.P256;
import java.security.PublicKey;

/** The curves that are supported, by their IANA identifiers (RFC 9053 §7.1). */
enum KeyCurve {
    P_256(1, CoseKey.Type.EC2),
    ED25519(6, CoseKey.Type.OKP);

    private final int id;
    private final CoseKey.Type type;

    KeyCurve(int id, CoseKey.Type type) {
        this.id = id;
        this.type = type;
    }

    static KeyCurve of(PublicKey key) throws CoseException {
        if (P256.isOn(key)) {
            return P_256;
        }
        if (Ed25519.isOn(key)) {
            return ED25519;
        }
        throw new CoseException(INVALID_KEY, "a public key that is on neither P-256 nor Ed25519");
    }

    int id() {
        return id;
    }

    CoseKey.Type type() {
        return type;
    }

    PublicKey checked(PublicKey key) throws CoseException {
        try {
            return this == P_256 ? P256.checked(key) : Ed25519.checked(key);
        } catch (KeyFormatException e) {
            throw new CoseException(INVALID_KEY, e.getMessage());
        }
    }
}
