package io.coapgate.crypto.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.coapgate.crypto.jose.JwtAlgorithm;
import io.coapgate.crypto.jose.JwtSigningKey;
import io.coapgate.crypto.key.Pem;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** An access token as the gateway mints it. Nimbus has no Ed25519 signer that does without Tink. */
public class MintJwt extends Operation {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Param({"ES256", "EDDSA", "RS256"})
    public JwtAlgorithm algorithm = JwtAlgorithm.ES256;

    private final Map<String, Object> claims = new LinkedHashMap<>();
    private JwtSigningKey key;
    private byte[] signingInput = {};
    private Signature signature;
    private @Nullable JWSSigner nimbusSigner;
    private JWSHeader nimbusHeader;

    @Override
    void prepare() throws Exception {
        claims.put("iss", "https://gateway.example");
        claims.put("sub", "sensor-7");
        claims.put("aud", "https://ingest.example");
        claims.put("client_id", "sensor-7");
        claims.put("scope", "temperature:write");
        claims.put("iat", NOW.getEpochSecond());
        claims.put("nbf", NOW.getEpochSecond());
        claims.put("exp", NOW.plusSeconds(300).getEpochSecond());
        claims.put("jti", "b0Yd1mC7S4mV0hFQw3kX5A");
        key = JwtSigningKey.generate(algorithm, new SecureRandom());
        PrivateKey privateKey = Pem.keyPair(key.toPem()).getPrivate();
        String token = key.sign(claims);
        signingInput = token.substring(0, token.lastIndexOf('.')).getBytes(US_ASCII);
        signature = Signature.getInstance(
                switch (algorithm) {
                    case ES256 -> "SHA256withECDSAinP1363Format";
                    case EDDSA -> "Ed25519";
                    case RS256 -> "SHA256withRSA";
                });
        signature.initSign(privateKey);
        nimbusSigner = switch (algorithm) {
            case ES256 -> new ECDSASigner((ECPrivateKey) privateKey);
            case EDDSA -> null;
            case RS256 -> new RSASSASigner(privateKey);
        };
        nimbusHeader = new JWSHeader.Builder(JWSAlgorithm.parse(algorithm.jwsName()))
                .keyID(key.keyId())
                .type(new JOSEObjectType("at+jwt"))
                .build();
    }

    @Benchmark
    public byte[] floor() throws Exception {
        signature.update(signingInput);
        return signature.sign();
    }

    @Benchmark
    public String coapgate() {
        return key.sign(claims);
    }

    @Benchmark
    public String nimbus() throws Exception {
        JWTClaimsSet.Builder set = new JWTClaimsSet.Builder();
        claims.forEach(set::claim);
        SignedJWT token = new SignedJWT(nimbusHeader, set.build());
        token.sign(nimbusSigner);
        return token.serialize();
    }
}
