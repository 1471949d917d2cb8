package io.coapgate.simulator.demo;

import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.cwt.CwtClaims;
import io.coapgate.crypto.cwt.CwtId;
import io.coapgate.crypto.cwt.VerifiedCwt;
import io.coapgate.crypto.jose.VerifiedJwt;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The device's CWT beside the JWT that the service got for it. */
final class TokenComparison {
    private static final Set<String> SHOWN =
            Set.of("iss", "sub", "aud", "client_id", "scope", "iat", "nbf", "exp", "jti", "cnf");
    private static final int SHORT = 14;

    private final byte[] cwtBytes;
    private final VerifiedCwt cwt;
    private final String jwtText;
    private final VerifiedJwt jwt;

    TokenComparison(byte[] cwtBytes, VerifiedCwt cwt, String jwtText, VerifiedJwt jwt) {
        this.cwtBytes = cwtBytes.clone();
        this.cwt = cwt;
        this.jwtText = jwtText;
        this.jwt = jwt;
    }

    void write(Page page) throws CoseException {
        page.block(
                "CWT from the device: %d bytes, %s, here in hexadecimal"
                        .formatted(cwtBytes.length, cwt.algorithm().orElseThrow()),
                HexFormat.of().formatHex(cwtBytes));
        page.block("JWT to the service: %d bytes".formatted(jwtText.length()), jwtText);
        page.line("JWT header: " + header());
        page.line("");
        CwtClaims claims = cwt.claims();
        page.columns("claim", "CWT", "JWT");
        page.columns("iss", cwt.issuer(), jwt.issuer());
        page.columns("sub", claims.subject().orElse(""), jwt.subject());
        page.columns("aud", String.join(" ", claims.audience()), String.join(" ", jwt.audience()));
        page.columns("client_id", "", jwt.clientId());
        page.columns("scope", claims.scope().orElse(""), String.join(" ", jwt.scope()));
        page.columns("iat", time(claims.issuedAt()), time(Optional.of(jwt.issuedAt())));
        page.columns("nbf", time(claims.notBefore()), time(notBefore()));
        page.columns("exp", time(Optional.of(cwt.expiresAt())), time(Optional.of(jwt.expiresAt())));
        page.columns("cti, jti", claims.id().map(CwtId::toString).orElse(""), jwt.tokenId());
        page.columns("cnf", confirmation(claims), confirmation(jwt));
        new TreeMap<>(jwt.claims()).forEach((name, value) -> {
            if (!SHOWN.contains(name)) {
                page.columns(name, "", String.valueOf(value));
            }
        });
    }

    private String header() {
        String encoded = jwtText.substring(0, jwtText.indexOf('.'));
        return new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
    }

    private Optional<Instant> notBefore() {
        return jwt.claims().get("nbf") instanceof Number seconds
                ? Optional.of(Instant.ofEpochSecond(seconds.longValue()))
                : Optional.empty();
    }

    private static String time(Optional<Instant> instant) {
        return instant.map(Instant::toString).orElse("");
    }

    private static String confirmation(CwtClaims claims) throws CoseException {
        Optional<Confirmation> confirmation = claims.confirmation();
        if (confirmation.isEmpty()) {
            return "";
        }
        if (confirmation.get() instanceof Confirmation.OfKey ofKey) {
            CoseKey key = ofKey.key();
            return "COSE_Key " + key.type() + ", sha256 "
                    + shortened(key.thumbprint().base64Url());
        }
        return "kid " + ((Confirmation.OfKeyId) confirmation.get()).keyId();
    }

    private static String confirmation(VerifiedJwt jwt) {
        if (!(jwt.claims().get("cnf") instanceof Map<?, ?> members)) {
            return "";
        }
        if (members.get("jwk") instanceof Map<?, ?> key) {
            return "jwk %s %s, x %s".formatted(key.get("kty"), key.get("crv"), shortened(String.valueOf(key.get("x"))));
        }
        return members.entrySet().stream()
                .map(member -> member.getKey() + " " + shortened(String.valueOf(member.getValue())))
                .collect(Collectors.joining(", "));
    }

    private static String shortened(String text) {
        return text.length() <= SHORT ? text : text.substring(0, SHORT - 3) + "...";
    }

    @Override
    public String toString() {
        return "TokenComparison[" + List.of(cwt, jwt) + "]";
    }
}
