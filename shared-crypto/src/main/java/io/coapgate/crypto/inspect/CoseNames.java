package io.coapgate.crypto.inspect;

import io.coapgate.crypto.cose.CoseAlgorithm;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** The names that IANA gives to numbers in COSE and CWT, of more things than are supported here. */
public final class CoseNames {

    /** Algorithms that are not supported; {@link CoseAlgorithm} knows the names of the others. */
    private static final Map<Integer, String> UNSUPPORTED = Map.ofEntries(
            Map.entry(-9, "ESP256"),
            Map.entry(-19, "Ed25519"),
            Map.entry(-37, "PS256"),
            Map.entry(-38, "PS384"),
            Map.entry(-39, "PS512"),
            Map.entry(-257, "RS256"),
            Map.entry(14, "AES-MAC 128/64"),
            Map.entry(15, "AES-MAC 256/64"),
            Map.entry(24, "ChaCha20/Poly1305"));

    private static final Map<Integer, String> HEADERS = Map.ofEntries(
            Map.entry(1, "alg"),
            Map.entry(2, "crit"),
            Map.entry(3, "content type"),
            Map.entry(4, "kid"),
            Map.entry(5, "IV"),
            Map.entry(6, "Partial IV"),
            Map.entry(10, "kid context"),
            Map.entry(15, "CWT Claims"),
            Map.entry(16, "typ"),
            Map.entry(32, "x5bag"),
            Map.entry(33, "x5chain"),
            Map.entry(34, "x5t"),
            Map.entry(35, "x5u"));

    private static final Map<Integer, String> CLAIMS = Map.ofEntries(
            Map.entry(1, "iss"),
            Map.entry(2, "sub"),
            Map.entry(3, "aud"),
            Map.entry(4, "exp"),
            Map.entry(5, "nbf"),
            Map.entry(6, "iat"),
            Map.entry(7, "cti"),
            Map.entry(8, "cnf"),
            Map.entry(9, "scope"),
            Map.entry(10, "Nonce"),
            Map.entry(38, "ace_profile"),
            Map.entry(39, "cnonce"),
            Map.entry(40, "exi"));

    private CoseNames() {}

    /** The supported algorithm of this name, in upper or lower case, or of this number. */
    public static Optional<CoseAlgorithm> algorithm(String name) {
        return Arrays.stream(CoseAlgorithm.values())
                .filter(algorithm -> algorithm.ianaName().equalsIgnoreCase(name)
                        || String.valueOf(algorithm.id()).equals(name))
                .findFirst();
    }

    /** {@code ES256 (-7)}; the bare value if it has no name. */
    public static String ofAlgorithm(CborItem value) {
        return named(UNSUPPORTED, value)
                .or(() -> integer(value).flatMap(CoseAlgorithm::ofId).map(CoseAlgorithm::ianaName))
                .map(name -> name + " (" + value + ")")
                .orElse(value.toString());
    }

    /** {@code kid}; the bare label if it has no name. */
    public static String ofHeader(CborItem label) {
        return named(HEADERS, label).orElse(label.toString());
    }

    /** {@code iss (1)}; the bare label if it has no name. */
    public static String ofClaim(CborItem label) {
        return named(CLAIMS, label).map(name -> name + " (" + label + ")").orElse(label.toString());
    }

    private static Optional<String> named(Map<Integer, String> names, CborItem number) {
        return integer(number).map(names::get);
    }

    private static Optional<Integer> integer(CborItem number) {
        return number.integer()
                .filter(value -> value.bitLength() < Integer.SIZE)
                .map(BigInteger::intValue);
    }
}
