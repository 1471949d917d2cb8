package io.coapgate.gateway.oauth;

import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.AccessTokenType;
import io.coapgate.gateway.oauth.Failure.Extent;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.upstream.Audience;
import io.coapgate.gateway.upstream.BearerToken;
import io.coapgate.gateway.upstream.UpstreamResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Takes a token out of an OAuth server's answer (RFC 6749 §5), or says why there is none to be used. Thread-safe. */
final class AnswerReader {
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    /** Codes of RFC 6749 §5.2 and its like; short, and fit for a log. */
    private static final Pattern ERROR_CODE = Pattern.compile("[A-Za-z0-9_.:-]{1,64}");

    private static final Set<String> OF_THE_CLIENT = Set.of("invalid_client", "unauthorized_client");

    private final TokenCheck check;
    private final boolean oneClient;

    /** @param oneClient whether all come as one client, so that what is wrong with it is wrong for all */
    AnswerReader(AnswerSettings settings, boolean oneClient) {
        this.check = new TokenCheck(settings);
        this.oneClient = oneClient;
    }

    /** @param asked when the question was sent: {@code expires_in} counts from there, to be safe */
    BearerToken token(UpstreamResponse answer, Audience audience, Instant asked, Instant now) throws FailedAsk {
        if (answer.status() != OK) {
            throw new FailedAsk(failure(answer, now));
        }
        AccessToken token = accessToken(answer);
        if (!AccessTokenType.BEARER.equals(token.getType())) {
            throw invalid("the token's type is not Bearer");
        }
        Duration life = Duration.ofSeconds(Math.min(token.getLifetime(), TokenCheck.MAX_USE.toSeconds()));
        Optional<Instant> end = token.getLifetime() > 0 ? Optional.of(asked.plus(life)) : Optional.empty();
        return check.check(token.getValue(), audience, end, now);
    }

    private static AccessToken accessToken(UpstreamResponse answer) throws FailedAsk {
        try {
            return AccessTokenResponse.parse(http(answer)).getTokens().getAccessToken();
        } catch (ParseException | RuntimeException e) { // whatever a library meets in what a server made up
            throw invalid("no token response of RFC 6749 §5.1, or a token of another type than Bearer");
        }
    }

    private static HTTPResponse http(UpstreamResponse answer) throws ParseException {
        HTTPResponse http = new HTTPResponse(answer.status());
        http.setContentType(answer.header("content-type").orElse("application/octet-stream"));
        http.setBody(new String(answer.body(), StandardCharsets.UTF_8));
        return http;
    }

    private Failure failure(UpstreamResponse answer, Instant now) {
        Optional<Failure> busy = Failure.ofBusy(answer, now);
        if (busy.isPresent()) {
            return busy.get();
        }
        int status = answer.status();
        if (status < BAD_REQUEST) {
            return Failure.ofOne(Refusal.TOKEN_SERVER_RESPONSE_INVALID, "status " + status);
        }
        String code = errorCode(answer);
        Extent extent = oneClient && OF_THE_CLIENT.contains(code) ? Extent.ALL : Extent.ONE;
        return new Failure(Refusal.TOKEN_SERVER_REFUSED, code + ", status " + status, extent, Optional.empty());
    }

    private static String errorCode(UpstreamResponse answer) {
        try {
            String code = ErrorObject.parse(http(answer)).getCode();
            return code != null && ERROR_CODE.matcher(code).matches() ? code : "no error code";
        } catch (ParseException | RuntimeException e) { // whatever a library meets in what a server made up
            return "no error code";
        }
    }

    private static FailedAsk invalid(String detail) {
        return new FailedAsk(Failure.ofOne(Refusal.TOKEN_SERVER_RESPONSE_INVALID, detail));
    }
}
