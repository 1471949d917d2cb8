package io.coapgate.crypto.jose;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.crypto.key.Pem;
import io.coapgate.crypto.key.SignatureMaker;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A private key that signs access tokens (RFC 9068) in JWS compact serialization (RFC 7515 §7.1).
 *
 * <p>Its key id is its RFC 7638 thumbprint, so that two gateways that share a key publish it under one name. Immutable and
 * safe for use by many threads; the private key leaves it only by {@link #toPem()}.
 */
public final class JwtSigningKey {
    private static final String ACCESS_TOKEN_TYPE = "at+jwt";

    private final PrivateKey privateKey;
    private final SignatureMaker signer;
    private final PublicJwk publicJwk;
    /** The header, which is the same for every token, in base64url and with its dot. */
    private final String headerSegment;

    private JwtSigningKey(PrivateKey privateKey, PublicJwk publicJwk) {
        this(privateKey, publicJwk.algorithm().signer(privateKey), publicJwk, header(publicJwk));
    }

    private JwtSigningKey(
            PrivateKey privateKey, SignatureMaker signer, PublicJwk publicJwk, Map<String, Object> header) {
        this.privateKey = privateKey;
        this.signer = signer;
        this.publicJwk = publicJwk;
        this.headerSegment = segment(header) + '.';
    }

    /** A fresh key. */
    public static JwtSigningKey generate(JwtAlgorithm algorithm, SecureRandom random) {
        KeyPair pair = algorithm.generateKeyPair(requireNonNull(random, "random"));
        try {
            return new JwtSigningKey(pair.getPrivate(), PublicJwk.of(pair.getPublic()));
        } catch (KeyFormatException e) {
            throw new IllegalStateException("this Java platform made an unusable key", e);
        }
    }

    /**
     * Reads the one private key in the text, as {@link #toPem()} or OpenSSL writes it.
     *
     * @throws KeyFormatException if there is none, or it is malformed or unsupported
     */
    public static JwtSigningKey fromPem(String pem) throws KeyFormatException {
        KeyPair pair = Pem.keyPair(pem);
        return new JwtSigningKey(pair.getPrivate(), PublicJwk.of(pair.getPublic()));
    }

    /**
     * The same key for JWTs that are no access tokens of ours, such as assertions (RFC 7523).
     *
     * @param parameters stand in the header beside {@code alg}, {@code kid} and {@code typ}, or instead of the last two
     */
    public JwtSigningKey withHeader(Map<String, String> parameters) {
        if (parameters.containsKey("alg")) {
            throw new IllegalArgumentException("a key has one algorithm");
        }
        Map<String, Object> header = header(publicJwk);
        header.putAll(parameters);
        return new JwtSigningKey(privateKey, signer, publicJwk, header);
    }

    /** The private key, unencrypted, as PEM with PKCS#8: for a file that only the gateway can read. */
    public String toPem() {
        return Pem.encode(privateKey);
    }

    /** The algorithm that the key's type and curve mean. */
    public JwtAlgorithm algorithm() {
        return publicJwk.algorithm();
    }

    /** The {@code kid} of this key's tokens. */
    public String keyId() {
        return publicJwk.keyId();
    }

    /** The public half, for a {@link JwkSet}. */
    public PublicJwk publicJwk() {
        return publicJwk;
    }

    /**
     * Signs the claims under the header {@code alg}, {@code kid}, {@code typ: at+jwt}, and nothing else but what
     * {@link #withHeader} says.
     *
     * @param claims strings, numbers, booleans, maps and lists; an {@link java.time.Instant} becomes a NumericDate
     * @return the compact serialization
     * @throws IllegalArgumentException if a claim has any other type
     */
    public String sign(Map<String, ?> claims) {
        String signingInput = headerSegment + segment(claims);
        try {
            byte[] signature = signer.sign(signingInput.getBytes(StandardCharsets.US_ASCII));
            return signingInput + '.' + Base64Url.encode(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a signing key that worked no longer signs", e);
        }
    }

    private static Map<String, Object> header(PublicJwk key) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", key.algorithm().jwsName());
        header.put("kid", key.keyId());
        header.put("typ", ACCESS_TOKEN_TYPE);
        return header;
    }

    private static String segment(Map<String, ?> object) {
        return Base64Url.encode(Json.write(object).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "JwtSigningKey[" + algorithm() + ", kid=" + keyId() + "]";
    }
}
