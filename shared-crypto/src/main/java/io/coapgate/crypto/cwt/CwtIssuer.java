package io.coapgate.crypto.cwt;

import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.CoseMac0;
import io.coapgate.crypto.cose.CoseMessage;
import io.coapgate.crypto.cose.CoseSign1;
import io.coapgate.crypto.cose.SigningKey;

/**
 * Issues CWTs (RFC 8392 §7.1) in one name and with one key. Immutable and safe for use by several threads.
 *
 * <p>A token carries the tag of its COSE structure only, and the key's identifier if it has one: the smallest encoding
 * that {@link CwtVerifier} takes.
 */
public final class CwtIssuer {

    private final String name;
    private final SigningKey key;

    public CwtIssuer(String name, SigningKey key) {
        if (!ClaimsReader.isName(name)) {
            throw new IllegalArgumentException("an issuer's name has 1 to 255 characters, none of them controls");
        }
        this.name = name;
        this.key = key;
    }

    /** The name that stands in {@code iss}. */
    public String name() {
        return name;
    }

    /** A token with these claims; {@code iss} becomes this issuer's name, whatever it was. */
    public byte[] issue(CwtClaims claims) {
        byte[] payload = claims.toBuilder().issuer(name).build().encode();
        return key.algorithm().kind() == CoseAlgorithm.Kind.SIGNATURE
                ? CoseSign1.create(key, payload, CoseMessage.NO_AAD)
                : CoseMac0.create(key, payload, CoseMessage.NO_AAD);
    }

    @Override
    public String toString() {
        return "CwtIssuer[" + name + ", " + key + "]";
    }
}
