package io.coapgate.gateway.cli;

import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cwt.CwtClaims;
import io.coapgate.crypto.cwt.CwtId;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the command line says of a token's claims. */
final class MintOptions {
    @Option(names = "--iss", required = true, paramLabel = "NAME", description = "the issuer")
    private String issuer = "";

    @Option(names = "--sub", paramLabel = "NAME", description = "the subject")
    private @Nullable String subject;

    @Option(names = "--aud", paramLabel = "NAME", description = "an audience; may be given several times")
    private List<String> audience = List.of();

    @Option(names = "--scope", paramLabel = "TEXT", description = "space-separated scopes")
    private @Nullable String scope;

    @Option(
            names = "--exp",
            paramLabel = "TIME",
            defaultValue = "10m",
            description = "10m, -5m, an ISO instant, or none; default: ${DEFAULT-VALUE}")
    private TokenTime expiry = TokenTime.parse("10m");

    @Option(names = "--nbf", paramLabel = "TIME", defaultValue = "none", description = "default: ${DEFAULT-VALUE}")
    private TokenTime notBefore = TokenTime.parse("none");

    @Option(names = "--iat", paramLabel = "TIME", defaultValue = "now", description = "default: ${DEFAULT-VALUE}")
    private TokenTime issuedAt = TokenTime.parse("now");

    @Option(
            names = "--cti",
            paramLabel = "HEX",
            description = "the token's identifier; jti of a JWT, random there by default")
    private @Nullable String cti;

    @Option(
            names = "--exi",
            paramLabel = "DURATION",
            defaultValue = "none",
            description = "how long from its arrival, 10m, for recipients without a clock; default: ${DEFAULT-VALUE}")
    private TokenTime expiresIn = TokenTime.parse("none");

    @Mixin
    private ConfirmationOptions confirmation = new ConfirmationOptions();

    String issuer() {
        return issuer;
    }

    /** Whether something was asked for that a JWT has not. */
    boolean needsCwt() {
        return confirmation.isPresent() || !expiresIn.isNone();
    }

    CwtClaims cwt(Instant now, SecureRandom random) throws CoseException {
        CwtClaims.Builder claims = CwtClaims.builder().issuer(issuer);
        Optional.ofNullable(subject).ifPresent(claims::subject);
        audience.forEach(claims::audience);
        Optional.ofNullable(scope).ifPresent(claims::scope);
        expiry.at(now).ifPresent(claims::expiresAt);
        notBefore.at(now).ifPresent(claims::notBefore);
        issuedAt.at(now).ifPresent(claims::issuedAt);
        Optional.ofNullable(cti)
                .map(hex -> CwtId.of(HexFormat.of().parseHex(hex)))
                .ifPresent(claims::id);
        expiresIn.duration().ifPresent(claims::expiresIn);
        confirmation.confirmation(random).ifPresent(claims::confirmation);
        return claims.build();
    }

    /** The claims of an access token by RFC 9068, of which the subject is the client. */
    Map<String, Object> jwt(Instant now, SecureRandom random) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer);
        if (subject != null) {
            claims.put("sub", subject);
            claims.put("client_id", subject);
        }
        if (!audience.isEmpty()) {
            claims.put("aud", audience.size() == 1 ? audience.get(0) : audience);
        }
        if (scope != null) {
            claims.put("scope", scope);
        }
        expiry.at(now).ifPresent(exp -> claims.put("exp", exp));
        notBefore.at(now).ifPresent(nbf -> claims.put("nbf", nbf));
        issuedAt.at(now).ifPresent(iat -> claims.put("iat", iat));
        byte[] fresh = new byte[16];
        random.nextBytes(fresh);
        claims.put("jti", cti != null ? cti : HexFormat.of().formatHex(fresh));
        return claims;
    }
}
