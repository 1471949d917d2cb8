package io.coapgate.gateway;

import io.coapgate.crypto.jca.CryptoProviderException;
import io.coapgate.gateway.admin.HttpListeners;
import io.coapgate.gateway.admin.IssuanceCounters;
import io.coapgate.gateway.admin.Metrics;
import io.coapgate.gateway.admin.MetricsListener;
import io.coapgate.gateway.authz.RouteTable;
import io.coapgate.gateway.coap.CoapEdge;
import io.coapgate.gateway.coap.Resources;
import io.coapgate.gateway.config.ConfigException;
import io.coapgate.gateway.config.DevicesFile;
import io.coapgate.gateway.config.DevicesReloader;
import io.coapgate.gateway.config.FileWatch;
import io.coapgate.gateway.config.GatewayConfig;
import io.coapgate.gateway.config.StateDirectory;
import io.coapgate.gateway.dtls.DevicePrincipals;
import io.coapgate.gateway.dtls.DtlsThreads;
import io.coapgate.gateway.exchange.DeviceExchange;
import io.coapgate.gateway.exchange.EchoFreshness;
import io.coapgate.gateway.exchange.ExchangeListener;
import io.coapgate.gateway.exchange.ExchangeListeners;
import io.coapgate.gateway.exchange.Forwarder;
import io.coapgate.gateway.exchange.GuardedHandler;
import io.coapgate.gateway.exchange.InFlightLimiter;
import io.coapgate.gateway.issuing.IssuanceListener;
import io.coapgate.gateway.observe.Observations;
import io.coapgate.gateway.observe.Reauthorization;
import io.coapgate.gateway.observe.Timers;
import io.coapgate.gateway.token.TokenExchange;
import io.coapgate.gateway.upstream.Upstreams;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running gateway. Its constructor is the architecture, top to bottom: who devices are, what they may do, the tokens on
 * both sides of the swap, the services behind, a request's way through, and the edges. Thread-safe.
 */
public final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final int CLOSE_SECONDS = 5;

    private final Parts parts;
    private final InFlightLimiter limiter;
    private final Observations observations;
    private final Listeners listeners;
    private final UploadPorts uploads;
    private final HttpListeners http;

    private Gateway(GatewayConfig config, DevicesReloader devices, Clock clock, Parts parts)
            throws ConfigException, IOException {
        this.parts = parts;
        int processors = Runtime.getRuntime().availableProcessors();
        SecureRandom random = new SecureRandom();
        GatewayThreads threads = parts.add(new GatewayThreads(processors));
        RouteTable routes = new RouteTable(config.routes());
        StateDirectory state = new StateDirectory(config.stateDirectory(), random);
        Metrics metrics = new Metrics();
        TokenServices tokens = TokenServices.of(
                config,
                state,
                IssuerKeys.open(config, metrics, clock, parts),
                routes,
                clock,
                threads,
                parts,
                IssuanceListener.all(List.of(new IssuanceCounters(metrics), new OversizedTokenLog())));
        Upstreams upstreams = Upstreams.open(config.upstreams(), processors);
        parts.add(() -> await(upstreams.close()));
        ExchangeListener listener = new ExchangeListeners(
                new MetricsListener(metrics, upstreams.byName().keySet()),
                new RefusalLog(new RequestedRoute(routes), System::nanoTime));
        this.limiter = new InFlightLimiter(config.limits());
        TokenExchange exchange = new ExternalTokens(config, metrics, parts).beside(tokens, clock, threads.signatures());
        Forwarder forwarder = new Forwarder(exchange, upstreams.byName(), config.cache(), listener, clock);
        metrics.gauge("coapgate_cached_bytes", "Bytes of responses kept for use again", forwarder::cachedBytes);
        DeviceExchange forward = new DeviceExchange(
                routes, tokens.sessions(), forwarder, tokens.hints(), new EchoFreshness(random, clock), clock);
        this.observations = new Observations(
                routes,
                new Reauthorization(routes, tokens.sessions(), tokens.hints(), clock),
                forward,
                config.observations(),
                listener,
                new Timers(clock, threads.housekeeping(), random));
        CoapEdge coap = new CoapEdge(
                config.coap(),
                upstreams.executor(),
                threads.housekeeping(),
                new Resources(
                        new OwnResources(config, routes, tokens, listener, clock, threads.signatures())
                                .observedBy(observations)
                                .guarded(handler -> new GuardedHandler(limiter, listener, handler)),
                        new GuardedHandler(limiter, listener, forward)),
                observations,
                DevicePrincipals::deviceOf,
                listener);
        DtlsProfile profile = new DtlsProfile(config, devices.registry(), tokens, threads, clock);
        this.listeners = parts.add(new Listeners(
                coap, profile, new DtlsThreads(upstreams.executor(), threads.handshakes()), listener, clock));
        listeners.open(config.listeners(), config.dtls().identity(state));
        this.uploads = parts.add(UploadPorts.open(config, profile.handshakes(), listener, clock));
        RevocationSweep sweep = new RevocationSweep(
                threads.housekeeping(), profile::isOver, observations::recheck, listeners::terminate);
        profile.endSessionsBy(sweep);
        tokens.sessions().onReplaced(observations::recheck);
        tokens.follow(config, devices.registry(), threads, sweep);

        OperatorEdge operators = new OperatorEdge(metrics);
        operators.gauges(listeners, tokens, upstreams, limiter, threads, devices);
        operators.gauges(profile.handshakes(), uploads);
        operators.gauge("coapgate_observations", "Observations that stand", observations::count);
        this.http = operators.open(
                config,
                tokens,
                HttpIssuing.of(config, tokens, devices.registry(), clock, threads.signatures()),
                limiter,
                clock);
        parts.add(() -> await(http.close()));
    }

    /**
     * Starts a gateway; when this returns, devices can connect.
     *
     * @param environment what {@code ${NAME}} in the registry stands for
     * @throws ConfigException if the registry or a key can't be used
     * @throws IOException if an address can't be bound
     * @throws CryptoProviderException if the configured provider does not load, or signatures can't be trusted here
     */
    public static Gateway start(GatewayConfig config, Map<String, String> environment, Clock clock)
            throws ConfigException, IOException, CryptoProviderException {
        config.cryptoProvider().install(); // before any key is read or made
        DevicesFile file = DevicesFile.of(config, environment);
        DevicesReloader devices = DevicesReloader.load(file, clock);
        Parts parts = new Parts();
        try {
            Gateway gateway = new Gateway(config, devices, clock, parts);
            parts.add(FileWatch.start("devices-watch", file.path(), devices));
            LOG.info(
                    "ready: {}, {} devices, {} routes",
                    gateway.addresses(),
                    devices.registry().size(),
                    config.routes().size());
            return gateway;
        } catch (ConfigException | IOException | RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    private static void await(CompletionStage<Void> closing) throws Exception {
        closing.toCompletableFuture().get(CLOSE_SECONDS, TimeUnit.SECONDS);
    }

    public GatewayAddresses addresses() {
        return new GatewayAddresses(
                listeners.addresses(),
                Map.of("public", http.publicAddress(), "admin", http.adminAddress()),
                uploads.addresses());
    }

    /**
     * Lets no further request start, ends what is observed, and waits for requests under way.
     *
     * @return whether all of them ended in time
     */
    public boolean drain(Duration patience) throws InterruptedException {
        observations.close();
        try {
            limiter.close().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            LOG.warn("{} requests were still under way after {}", limiter.inFlight(), patience);
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends everything at once; {@link #drain} first to be polite. May be called again. */
    @Override
    public void close() {
        parts.close();
    }
}
