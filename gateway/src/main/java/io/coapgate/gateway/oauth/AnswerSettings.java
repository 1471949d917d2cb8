package io.coapgate.gateway.oauth;

import io.coapgate.gateway.upstream.Audience;
import java.util.Map;

/**
 * Which tokens are taken.
 *
 * @param audienceClaims what a token's {@code aud} must contain for an audience, where it is not the audience itself
 * @param acceptsOpaque whether a token that is no JWT is taken, in which no audience can be looked up
 */
public record AnswerSettings(Map<Audience, String> audienceClaims, boolean acceptsOpaque) {
    public AnswerSettings {
        audienceClaims = Map.copyOf(audienceClaims);
    }

    String audienceClaim(Audience audience) {
        return audienceClaims.getOrDefault(audience, audience.value());
    }
}
