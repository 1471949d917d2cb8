package io.coapgate.gateway.oauth;

import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.upstream.Audience;
import io.coapgate.gateway.upstream.BearerToken;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether a token that an OAuth server has issued can be used, for whom and for how long. Thread-safe. */
final class TokenCheck {
    /** More than servers take in one header field by default. */
    static final int MAX_CHARACTERS = 8_000;
    /** However long a token may live, a change at the OAuth server takes effect within a day. */
    static final Duration MAX_USE = Duration.ofDays(1);
    /** RFC 6750 §2.1: anything else could end the header field. */
    private static final Pattern B64TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private final AnswerSettings settings;

    TokenCheck(AnswerSettings settings) {
        this.settings = settings;
    }

    /**
     * @param end when the answer says that the token ends
     * @param now the token must live longer
     */
    BearerToken check(String value, Audience audience, Optional<Instant> end, Instant now) throws FailedAsk {
        if (value.length() > MAX_CHARACTERS || !B64TOKEN.matcher(value).matches()) {
            throw invalid("the token is too long for a header, or has characters that none may have (RFC 6750 §2.1)");
        }
        Optional<IssuedJwt> jwt = IssuedJwt.of(value);
        if (jwt.isPresent()) {
            checkAudience(jwt.get(), settings.audienceClaim(audience));
        } else if (!settings.acceptsOpaque()) {
            throw invalid("the token is no signed JWT, so that its audience can't be checked");
        }
        Instant written = jwt.flatMap(IssuedJwt::expiresAt).orElse(Instant.MAX);
        Instant earliest = written.isBefore(end.orElse(Instant.MAX)) ? written : end.orElse(Instant.MAX);
        if (earliest.equals(Instant.MAX)) {
            throw invalid("neither the answer nor the token says when it ends");
        }
        if (!now.isBefore(earliest)) { // end == now: expired
            throw invalid("the token has expired already");
        }
        Instant latest = now.plus(MAX_USE);
        return new BearerToken(value, earliest.isBefore(latest) ? earliest : latest);
    }

    private static void checkAudience(IssuedJwt jwt, String expected) throws FailedAsk {
        if (!jwt.audience().contains(expected)) {
            throw invalid("the token is for another audience than " + expected);
        }
    }

    private static FailedAsk invalid(String detail) {
        return new FailedAsk(Failure.ofOne(Refusal.TOKEN_SERVER_RESPONSE_INVALID, detail));
    }
}
