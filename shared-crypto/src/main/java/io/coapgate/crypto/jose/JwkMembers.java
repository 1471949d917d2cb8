package io.coapgate.crypto.jose;

import static io.coapgate.crypto.key.KeyFormatException.Reason.MALFORMED;
import static io.coapgate.crypto.key.KeyFormatException.Reason.UNSUPPORTED;

import io.coapgate.crypto.key.EcCurve;
import io.coapgate.crypto.key.Ed25519;
import io.coapgate.crypto.key.KeyFormatException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Between JCA's public keys and the members of a JSON Web Key that RFC 7638 §3.2 requires, in that section's order. */
final class JwkMembers {
    private static final int MIN_RSA_BITS = 2048;
    /** Above this, verifying a signature is a way to keep a server busy. */
    private static final int MAX_RSA_BITS = 8192;
    /** Verifying takes as many steps as the exponent has bits; none in use has more than 17. */
    private static final int MAX_RSA_EXPONENT_BITS = 32;
    /** What only private and symmetric keys have (RFC 7518 §6.2.2, §6.3.2, §6.4.1). */
    private static final Set<String> SECRET_MEMBERS = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

    private JwkMembers() {}

    static boolean holdSecret(Map<String, ?> members) {
        return members.keySet().stream().anyMatch(SECRET_MEMBERS::contains);
    }

    /** The one algorithm for keys of this type, curve and size. */
    static JwtAlgorithm algorithmOf(PublicKey key) throws KeyFormatException {
        if (EcCurve.P_256.isOn(key)) {
            return JwtAlgorithm.ES256;
        }
        if (Ed25519.isOn(key)) {
            return JwtAlgorithm.EDDSA;
        }
        if (key instanceof RSAPublicKey rsa && isAcceptable(rsa.getModulus(), rsa.getPublicExponent())) {
            return JwtAlgorithm.RS256;
        }
        throw unsupported();
    }

    /** The required members in lexicographic order, which is the order of a thumbprint's input. */
    static Map<String, Object> of(PublicKey key) throws KeyFormatException {
        Map<String, Object> members = new LinkedHashMap<>();
        switch (algorithmOf(key)) {
            case ES256 -> {
                ECPublicKey ec = EcCurve.P_256.checked(key);
                members.put("crv", "P-256");
                members.put("kty", "EC");
                members.put("x", Base64Url.encode(EcCurve.P_256.x(ec)));
                members.put("y", Base64Url.encode(EcCurve.P_256.y(ec)));
            }
            case EDDSA -> {
                members.put("crv", "Ed25519");
                members.put("kty", "OKP");
                members.put("x", Base64Url.encode(Ed25519.bytes(Ed25519.checked(key))));
            }
            case RS256 -> {
                RSAPublicKey rsa = (RSAPublicKey) key;
                members.put("e", Base64Url.encode(magnitude(rsa.getPublicExponent())));
                members.put("kty", "RSA");
                members.put("n", Base64Url.encode(magnitude(rsa.getModulus())));
            }
        }
        return members;
    }

    static PublicKey publicKey(Map<String, ?> members) throws KeyFormatException {
        if (text(members, "kty").equals("RSA")) {
            return rsa(new BigInteger(1, bytes(members, "n")), new BigInteger(1, bytes(members, "e")));
        }
        byte[] x = bytes(members, "x");
        return isP256(members) ? EcCurve.P_256.publicKey(x, bytes(members, "y")) : Ed25519.publicKey(x);
    }

    /** Whether an elliptic-curve key is on P-256; if not it is on Ed25519, and any other curve is refused. */
    static boolean isP256(Map<String, ?> members) throws KeyFormatException {
        String curve = text(members, "kty") + ' ' + Json.string(members, "crv").orElse("");
        return switch (curve) {
            case "EC P-256" -> true;
            case "OKP Ed25519" -> false;
            default -> throw unsupported();
        };
    }

    static String text(Map<String, ?> members, String name) throws KeyFormatException {
        return Json.string(members, name)
                .orElseThrow(() -> new KeyFormatException(MALFORMED, "no member " + name + ", or not a string"));
    }

    static byte[] bytes(Map<String, ?> members, String name) throws KeyFormatException {
        return Base64Url.decode(text(members, name))
                .orElseThrow(() -> new KeyFormatException(MALFORMED, "the member " + name + " is not base64url"));
    }

    private static PublicKey rsa(BigInteger modulus, BigInteger exponent) throws KeyFormatException {
        if (!isAcceptable(modulus, exponent)) {
            throw unsupported();
        }
        try {
            return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
        } catch (GeneralSecurityException e) {
            throw new KeyFormatException(MALFORMED, "not the modulus and exponent of an RSA key");
        }
    }

    private static boolean isAcceptable(BigInteger modulus, BigInteger exponent) {
        int bits = modulus.bitLength();
        return bits >= MIN_RSA_BITS
                && bits <= MAX_RSA_BITS
                && exponent.testBit(0)
                && exponent.compareTo(BigInteger.ONE) > 0
                && exponent.bitLength() <= MAX_RSA_EXPONENT_BITS;
    }

    private static byte[] magnitude(BigInteger positive) {
        byte[] bytes = positive.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static KeyFormatException unsupported() {
        return new KeyFormatException(UNSUPPORTED, "not a key on P-256 or Ed25519, nor for RSA of 2048 to 8192 bits");
    }
}
