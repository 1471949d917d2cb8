package io.coapgate.crypto.bench;

import COSE.MAC0Message;
import COSE.Message;
import COSE.MessageTag;
import COSE.OneKey;
import COSE.Sign1Message;
import com.authlete.cbor.CBORByteArray;
import com.authlete.cbor.CBORDecoder;
import com.authlete.cbor.CBORTaggedItem;
import com.authlete.cose.COSESign1;
import com.authlete.cose.COSEVerifier;
import com.authlete.cwt.CWTClaimsSet;
import com.upokecenter.cbor.CBORObject;
import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.SigningKey;
import io.coapgate.crypto.cose.VerificationKey;
import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.cwt.CwtClaims;
import io.coapgate.crypto.cwt.CwtId;
import io.coapgate.crypto.cwt.CwtIssuer;
import io.coapgate.crypto.cwt.CwtPolicy;
import io.coapgate.crypto.cwt.CwtVerifier;
import io.coapgate.crypto.cwt.IssuerKeys;
import io.coapgate.crypto.cwt.VerifiedCwt;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/**
 * A whole token, claims and all. The libraries only take it apart, check its signature or MAC and compare {@code exp}; this
 * module also checks every claim, finds the key, and takes the two thumbprints that name the token.
 */
public class VerifyCwt extends Operation {

    private static final String ISSUER = "coaps://as.example";
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final CBORObject EXP = CBORObject.FromObject(4);

    @Param({"HMAC_256_256", "ES256"})
    public CoseAlgorithm algorithm = CoseAlgorithm.ES256;

    private byte[] secret = {};
    private byte[] token = {};
    private byte[] authenticated = {};
    private byte[] authenticator = {};
    private Mac mac;
    private Signature signature;
    private CwtVerifier verifier;
    private IssuerKeys keys;
    private OneKey coseJavaKey;
    private COSEVerifier authleteVerifier;

    @Override
    void prepare() throws Exception {
        secret = bytes(32);
        KeyPair pair = Keys.pair(CoseAlgorithm.ES256);
        KeyId kid = KeyId.ofUtf8("as-1");
        SecretBytes shared = SecretBytes.copyOf(secret);
        SigningKey maker = isMac() ? SigningKey.of(algorithm, shared) : SigningKey.of(algorithm, pair.getPrivate());
        VerificationKey trusted =
                isMac() ? VerificationKey.of(algorithm, shared) : VerificationKey.of(algorithm, pair.getPublic());
        List<VerificationKey> trustedKeys = List.of(trusted.withKeyId(kid));
        keys = name -> name.equals(ISSUER) ? trustedKeys : List.of();
        verifier = new CwtVerifier(CwtPolicy.forAudience("gateway"), Clock.fixed(NOW, ZoneOffset.UTC));
        token = new CwtIssuer(ISSUER, maker.withKeyId(kid)).issue(claims());

        byte[] payload = claims().toBuilder().issuer(ISSUER).build().encode();
        authenticated = Structures.authenticated(isMac() ? "MAC0" : "Signature1", algorithm, payload);
        mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        signature = Keys.signature(CoseAlgorithm.ES256);
        signature.initVerify(pair.getPublic());
        authenticator = isMac() ? mac.doFinal(authenticated) : Keys.sign(algorithm, pair, authenticated);
        coseJavaKey = Keys.coseJava(pair.getPublic());
        authleteVerifier = new COSEVerifier(pair.getPublic());
    }

    @Benchmark
    public void floor() throws Exception {
        if (isMac()) {
            require(MessageDigest.isEqual(mac.doFinal(authenticated), authenticator));
        } else {
            signature.update(authenticated);
            require(signature.verify(authenticator));
        }
    }

    @Benchmark
    public VerifiedCwt coapgate() throws Exception {
        return verifier.verify(token, keys);
    }

    @Benchmark
    public CBORObject coseJava() throws Exception {
        CBORObject claims = CBORObject.DecodeFromBytes(isMac() ? coseJavaMac0() : coseJavaSign1());
        require(claims.get(EXP).AsInt64Value() > NOW.getEpochSecond());
        return claims;
    }

    @Benchmark
    public CWTClaimsSet authlete() throws Exception {
        CBORTaggedItem tagged = (CBORTaggedItem) new CBORDecoder(token).next();
        COSESign1 decoded = (COSESign1) tagged.getTagContent();
        require(authleteVerifier.verify(decoded));
        byte[] payload = ((CBORByteArray) decoded.getPayload()).getValue();
        CWTClaimsSet claims = CWTClaimsSet.build(new CBORDecoder(payload).next());
        require(claims.getExp().after(Date.from(NOW)));
        return claims;
    }

    private byte[] coseJavaMac0() throws Exception {
        MAC0Message decoded = (MAC0Message) Message.DecodeFromBytes(token, MessageTag.MAC0);
        require(decoded.Validate(secret));
        return decoded.GetContent();
    }

    private byte[] coseJavaSign1() throws Exception {
        Sign1Message decoded = (Sign1Message) Message.DecodeFromBytes(token, MessageTag.Sign1);
        require(decoded.validate(coseJavaKey));
        return decoded.GetContent();
    }

    private boolean isMac() {
        return algorithm.kind() == CoseAlgorithm.Kind.MAC;
    }

    private static CwtClaims claims() {
        return CwtClaims.builder()
                .subject("sensor-7")
                .audience("gateway")
                .scope("temperature:write")
                .issuedAt(NOW)
                .expiresAt(NOW.plusSeconds(600))
                .id(CwtId.of(bytes(8)))
                .confirmation(Confirmation.of(KeyId.ofUtf8("psk-7")))
                .build();
    }
}
