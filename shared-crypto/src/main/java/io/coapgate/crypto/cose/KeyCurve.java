package io.coapgate.crypto.cose;

import static io.coapgate.crypto.cose.CoseException.Reason.INVALID_KEY;

import io.coapgate.crypto.key.EcCurve;
import io.coapgate.crypto.key.Ed25519;
import io.coapgate.crypto.key.KeyFormatException;
import java.security.Key;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The curves that are supported, by their IANA identifiers (RFC 9053 §7.1). */
enum KeyCurve {
    P_256(1, EcCurve.P_256),
    P_384(2, EcCurve.P_384),
    P_521(3, EcCurve.P_521),
    ED25519(6, null);

    private final int id;
    private final @Nullable EcCurve ec;

    KeyCurve(int id, @Nullable EcCurve ec) {
        this.id = id;
        this.ec = ec;
    }

    static KeyCurve of(Key key) throws CoseException {
        return Arrays.stream(values())
                .filter(curve -> curve.isOn(key))
                .findFirst()
                .orElseThrow(() -> new CoseException(
                        INVALID_KEY, "a key that is on none of the curves P-256, P-384, P-521 and Ed25519"));
    }

    int id() {
        return id;
    }

    CoseKey.Type type() {
        return ec == null ? CoseKey.Type.OKP : CoseKey.Type.EC2;
    }

    /** The curve with two coordinates; Ed25519 is none. */
    Optional<EcCurve> ec() {
        return Optional.ofNullable(ec);
    }

    /** Whether this key, public or private, is on this curve. */
    boolean isOn(Key key) {
        return ec == null ? Ed25519.isOn(key) : ec.isOn(key);
    }

    PublicKey checked(PublicKey key) throws CoseException {
        try {
            return ec == null ? Ed25519.checked(key) : ec.checked(key);
        } catch (KeyFormatException e) {
            throw new CoseException(INVALID_KEY, e.getMessage());
        }
    }
}
