package io.coapgate.gateway;

import io.coapgate.gateway.config.GatewayConfig;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.device.DeviceAuthenticator;
import io.coapgate.gateway.device.DeviceRegistry;
import io.coapgate.gateway.dtls.HandshakeCredentials;
import io.coapgate.gateway.dtls.ListenerSettings;
import io.coapgate.gateway.token.SessionTokens;
import io.coapgate.gateway.token.TokenHandshakes;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;

/** Who may have a session, and for how long: the DTLS profile of RFC 9202 beside the registry, put together. */
final class DtlsProfile {
    private final DeviceAuthenticator authenticator;
    private final SessionTokens sessions;
    private final TokenSessionEnds ends;
    private final TokenHandshakes handshakes;
    private final Clock clock;

    DtlsProfile(
            GatewayConfig config, DeviceRegistry registry, TokenServices tokens, GatewayThreads threads, Clock clock) {
        this.authenticator = new DeviceAuthenticator(registry, clock, new SecureRandom());
        this.sessions = tokens.sessions();
        this.ends = new TokenSessionEnds(threads.housekeeping(), clock);
        this.handshakes = new TokenHandshakes(tokens.intake(), config.handshakes(), authenticator, clock, ends::at);
        this.clock = clock;
    }

    HandshakeCredentials credentialsOf(ListenerSettings listener) {
        return HandshakeCredentials.of(authenticator, handshakes, listener.accessTokens());
    }

    TokenHandshakes handshakes() {
        return handshakes;
    }

    void endSessionsBy(RevocationSweep sweep) {
        ends.endBy(sweep::request);
    }

    /** Whether a session may not go on: its proof has ended, or a token established it and it holds none any more. */
    boolean isOver(AuthenticatedDevice device) {
        Instant now = clock.instant();
        return device.standing(now).isPresent()
                || (device.isByToken()
                        && sessions.validAt(device.session(), now).isEmpty());
    }
}
