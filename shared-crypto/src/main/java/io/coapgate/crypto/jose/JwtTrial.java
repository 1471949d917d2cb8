package io.coapgate.crypto.jose;

import io.coapgate.crypto.jose.InvalidJwtException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds all reasons to refuse a JWT, where {@link JwtVerifier} stops at the first; not those of its key. */
public final class JwtTrial {
    private final Optional<Map<String, Object>> header;
    private final Optional<Map<String, Object>> claims;
    private final List<JwtRefusal> refusals = new ArrayList<>();

    JwtTrial(Optional<Map<String, Object>> header, Optional<Map<String, Object>> claims, String signature, int length) {
        this.header = header;
        this.claims = claims;
        if (length > JwtVerifier.MAX_TOKEN_LENGTH) {
            refuse(Reason.TOO_LARGE, "more than " + JwtVerifier.MAX_TOKEN_LENGTH + " characters");
        }
        if (header.isEmpty()) {
            refuse(Reason.MALFORMED, "the header is not a JSON object in canonical base64url");
        }
        if (claims.isEmpty()) {
            refuse(Reason.MALFORMED, "the claims are not a JSON object in canonical base64url");
        }
        if (Base64Url.decode(signature).isEmpty()) {
            refuse(Reason.MALFORMED, "the signature is not canonical base64url");
        }
    }

    /** All reasons; the audience is looked at only if one is given. */
    public List<JwtRefusal> refusals(Optional<String> audience, Duration leeway, Instant now) {
        header.ifPresent(this::header);
        claims.ifPresent(present -> claims(present, audience, leeway, now));
        return List.copyOf(refusals);
    }

    private void header(Map<String, Object> present) {
        if (present.containsKey("crit")) {
            refuse(Reason.CRITICAL_EXTENSION, "crit, of which nothing is understood");
        }
        if (Json.string(present, "alg").flatMap(JwtAlgorithm::ofJwsName).isEmpty()) {
            refuse(Reason.UNSUPPORTED_ALGORITHM, "an algorithm other than ES256, EdDSA and RS256");
        }
        Optional<String> type = Json.string(present, "typ").map(text -> text.toLowerCase(Locale.ROOT));
        if (type.filter(JwtVerifier.ACCESS_TOKEN_TYPES::contains).isEmpty()) {
            refuse(Reason.WRONG_TYPE, "typ is not at+jwt");
        }
        if (Json.string(present, "kid").isEmpty()) {
            refuse(Reason.UNKNOWN_KEY, "no kid");
        }
    }

    private void claims(Map<String, Object> present, Optional<String> audience, Duration leeway, Instant now) {
        for (String name : List.of("iss", "sub", "client_id", "jti")) {
            required(present, name).ifPresent(value -> {
                if (!(value instanceof String)) {
                    refuse(Reason.MALFORMED, name + " that is not a string");
                }
            });
        }
        required(present, "aud").ifPresent(value -> audience(value, audience));
        required(present, "exp").flatMap(value -> instant("exp", value)).ifPresent(exp -> {
            if (!exp.isAfter(now.minus(leeway))) {
                refuse(Reason.EXPIRED, "the token has expired");
            }
        });
        required(present, "iat").ifPresent(value -> notAfter("iat", value, now.plus(leeway)));
        Optional.ofNullable(present.get("nbf")).ifPresent(value -> notAfter("nbf", value, now.plus(leeway)));
    }

    private Optional<Object> required(Map<String, Object> present, String name) {
        if (!present.containsKey(name)) {
            refuse(Reason.MISSING_CLAIM, "no " + name + " (RFC 9068 §2.2)");
        }
        return Optional.ofNullable(present.get(name));
    }

    private void audience(Object value, Optional<String> wanted) {
        List<?> names = value instanceof List<?> several ? several : List.of(value);
        if (!names.stream().allMatch(String.class::isInstance)) {
            refuse(Reason.MALFORMED, "aud that is neither a string nor strings");
        } else if (wanted.isPresent() && !names.contains(wanted.get())) {
            refuse(Reason.WRONG_AUDIENCE, "the token is for another audience");
        }
    }

    private void notAfter(String name, Object value, Instant latest) {
        if (instant(name, value).filter(latest::isBefore).isPresent()) {
            refuse(Reason.NOT_YET_VALID, name + " is still to come");
        }
    }

    private Optional<Instant> instant(String name, Object value) {
        Optional<Instant> instant = JwtClaims.numericDate(value);
        if (instant.isEmpty()) {
            refuse(Reason.MALFORMED, name + " that is not a time");
        }
        return instant;
    }

    private void refuse(Reason reason, String message) {
        refusals.add(new JwtRefusal(reason, message));
    }
}
