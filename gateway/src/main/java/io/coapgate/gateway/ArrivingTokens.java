package io.coapgate.gateway;

import io.coapgate.gateway.config.ArrivalsFile;
import io.coapgate.gateway.config.ConfigException;
import io.coapgate.gateway.config.GatewayConfig;
import io.coapgate.gateway.token.RelativeLifetimes;
import io.coapgate.gateway.token.SessionTokens;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Tokens that live from their arrival on, put together.
 *
 * @param file remembers them; empty if no issuer's tokens may
 */
record ArrivingTokens(Optional<ArrivalsFile> file, RelativeLifetimes lifetimes) {
    private static final long LOOK_EVERY_SECONDS = 5;

    /** @throws ConfigException if the file of arrivals can't be used */
    static ArrivingTokens open(GatewayConfig config, SecureRandom random, Clock clock) throws ConfigException {
        if (config.expiresIn().isEmpty()) {
            return new ArrivingTokens(Optional.empty(), RelativeLifetimes.NONE);
        }
        ArrivalsFile file = ArrivalsFile.open(config.stateDirectory(), random, clock);
        return new ArrivingTokens(Optional.of(file), RelativeLifetimes.of(config.expiresIn(), file, clock));
    }

    /** Takes tokens from sessions that end sooner than they were to, within seconds. */
    void follow(SessionTokens sessions, GatewayThreads threads, RevocationSweep sweep) {
        file.ifPresent(arrivals -> {
            Runnable look = () -> look(arrivals, sessions, sweep);
            var unused = threads.housekeeping()
                    .scheduleWithFixedDelay(
                            () -> later(look, threads), LOOK_EVERY_SECONDS, LOOK_EVERY_SECONDS, TimeUnit.SECONDS);
        });
    }

    /** For metrics. */
    int live() {
        return file.map(ArrivalsFile::size).orElse(0);
    }

    private void look(ArrivalsFile arrivals, SessionTokens sessions, RevocationSweep sweep) {
        if (arrivals.passTime()) {
            sessions.remove(lifetimes::hasEnded);
            sweep.request();
        }
    }

    private static void later(Runnable look, GatewayThreads threads) {
        try {
            threads.signatures().execute(look);
        } catch (RejectedExecutionException e) {
            // Too much to do: the next look finds the same.
        }
    }
}
