package io.coapgate.simulator.upstream;

import io.coapgate.crypto.jose.VerifiedJwt;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as the resource server got it.
 *
 * @param headers by name in lower case; several of one name joined by a comma
 * @param body copied on the way in and out
 */
public record ReceivedRequest(String method, String uri, Map<String, String> headers, byte[] body, Verdict verdict) {
    private static final String SCHEME = "Bearer ";

    public ReceivedRequest {
        headers = Map.copyOf(headers);
        body = body.clone();
    }

    @Override
    public byte[] body() {
        return body.clone();
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The token in the {@code Authorization} header, verified or not. */
    public Optional<String> bearerToken() {
        return header("authorization")
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(value -> value.substring(SCHEME.length()).trim());
    }

    /** The token, if it was accepted. */
    public Optional<VerifiedJwt> jwt() {
        return verdict instanceof Verdict.Accepted accepted ? Optional.of(accepted.jwt()) : Optional.empty();
    }

    /** Method and URI only: the rest holds the token. */
    @Override
    public String toString() {
        return method + " " + uri;
    }
}
