package io.coapgate.gateway;

import io.coapgate.crypto.key.Thumbprint;
import io.coapgate.gateway.config.GatewayConfig;
import io.coapgate.gateway.config.KeyFilesWatch;
import io.coapgate.gateway.config.TrustConfig;
import io.coapgate.gateway.dtls.CoapsIntrospector;
import io.coapgate.gateway.token.SessionTokens;
import io.coapgate.gateway.trust.HttpIntrospector;
import io.coapgate.gateway.trust.IntrospectedTokens;
import io.coapgate.gateway.trust.IntrospectionAccess;
import io.coapgate.gateway.trust.IntrospectionSettings;
import io.coapgate.gateway.trust.Introspector;
import io.coapgate.gateway.trust.KeySets;
import io.coapgate.gateway.upstream.WebClients;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * What is asked of authorization servers other than the gateway's own.
 *
 * @param opaque tokens, and what is known of them; empty if nobody is to be asked
 */
record ExternalIssuers(KeySets keySets, Optional<IntrospectedTokens> opaque) {
    private static final int CLOSE_SECONDS = 5;
    private static final int LOOKS_PER_RECHECK = 4;

    /**
     * Watches the files with key sets, and asks for those that are elsewhere; waits for none.
     *
     * @throws IOException if there is no socket to be had
     */
    static ExternalIssuers open(GatewayConfig config, GatewayThreads threads, Clock clock, Parts parts)
            throws IOException {
        TrustConfig trust = config.trust();
        if (!trust.keyFiles().isEmpty()) {
            parts.add(KeyFilesWatch.start(trust.keyFiles()));
        }
        if (trust.keySets().isEmpty() && trust.introspection().isEmpty()) {
            return new ExternalIssuers(KeySets.NONE, Optional.empty());
        }
        WebClients clients = WebClients.open();
        parts.add(() -> clients.close().toCompletableFuture().get(CLOSE_SECONDS, TimeUnit.SECONDS));
        KeySets keySets = KeySets.open(trust.keySets(), clients, threads.housekeeping(), clock);
        if (trust.introspection().isEmpty()) {
            return new ExternalIssuers(keySets, Optional.empty());
        }
        IntrospectionSettings asked = trust.introspection().get();
        return new ExternalIssuers(
                keySets,
                Optional.of(new IntrospectedTokens(
                        asked.issuer(),
                        introspector(asked, clients, parts),
                        asked.bounds(),
                        config.admission().policy().maxBytes(),
                        clock)));
    }

    private static Introspector introspector(IntrospectionSettings asked, WebClients clients, Parts parts)
            throws IOException {
        return asked.access() instanceof IntrospectionAccess.Coaps coaps
                ? parts.add(CoapsIntrospector.open(coaps, asked.bounds()))
                : new HttpIntrospector((IntrospectionAccess.Http) asked.access(), asked.bounds(), clients);
    }

    /** Asks again and again about opaque tokens that sessions hold, and takes away those that end. */
    void follow(GatewayConfig config, SessionTokens sessions, GatewayThreads threads, RevocationSweep sweep) {
        if (opaque.isEmpty()) {
            return;
        }
        IntrospectedTokens tokens = opaque.get();
        Executor worker = threads.signatures();
        tokens.onEnd(ended -> worker.execute(() -> end(ended, sessions, sweep)));
        long every =
                config.trust().introspection().orElseThrow().bounds().recheck().toMillis() / LOOKS_PER_RECHECK;
        var unused = threads.housekeeping()
                .scheduleWithFixedDelay(
                        () -> worker.execute(() -> tokens.recheck(sessions.contents())),
                        every,
                        every,
                        TimeUnit.MILLISECONDS);
    }

    private static void end(Thumbprint token, SessionTokens sessions, RevocationSweep sweep) {
        sessions.remove(held -> held.contentThumbprint().equals(token));
        sweep.request();
    }
}
