package io.coapgate.gateway.coap;

import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.exchange.ExchangeListener;
import io.coapgate.gateway.exchange.RequestHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.network.Outbox;
import org.eclipse.californium.core.network.stack.CoapStack;
import org.eclipse.californium.elements.Connector;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.SystemConfig;

/** The gateway's CoAP endpoints, one for each DTLS connector that it is given. */
public final class CoapEdge implements AutoCloseable {
    /** Messages remembered per peer, to recognise retransmissions; bounds the heap where the default keeps all. */
    private static final int DEDUPLICATED_MESSAGES_PER_PEER = 16;

    private static final int PREFERRED_BLOCK_BYTES = 1024;

    static {
        CoapConfig.register();
    }

    private final CoapSettings settings;
    private final ScheduledExecutorService protocolStage;
    private final ScheduledExecutorService housekeeping;
    private final SeparateResponses separateResponses;
    private final RequestDeliverer deliverer;
    private final SessionMatcher matcher;
    private final ExchangeListener listener;
    private final List<CoapEndpoint> endpoints = new ArrayList<>();

    /**
     * @param protocolStage runs the CoAP stack and whatever a handler does before it waits
     * @param housekeeping timers, retransmissions and clean-up
     * @param ownResources handlers of the gateway's own resources, by the only segment of their path
     * @param forward handles everything else
     * @param deviceOf the proof that a session's principal carries
     * @param listener hears of requests that are refused before a handler sees them
     */
    public CoapEdge(
            CoapSettings settings,
            ScheduledExecutorService protocolStage,
            ScheduledExecutorService housekeeping,
            Map<String, RequestHandler> ownResources,
            RequestHandler forward,
            Function<Principal, Optional<AuthenticatedDevice>> deviceOf,
            ExchangeListener listener) {
        this.settings = settings;
        this.protocolStage = protocolStage;
        this.housekeeping = housekeeping;
        this.separateResponses = new SeparateResponses(settings.piggybackWindow(), housekeeping);
        this.deliverer = new RequestDeliverer(
                ownResources, forward, deviceOf, separateResponses, new ExchangeIds(new SecureRandom()), listener);
        this.listener = listener;
        this.matcher = new SessionMatcher(deviceOf);
    }

    /**
     * Opens an endpoint on this connector.
     *
     * @return where it listens
     * @throws IOException if the address can't be bound
     */
    public InetSocketAddress listen(Connector connector) throws IOException {
        CoapEndpoint endpoint = new CoapEndpoint.Builder()
                .setConfiguration(configuration())
                .setConnector(connector)
                .setEndpointContextMatcher(matcher)
                .setCoapStackFactory((protocol, tag, options, outbox, ignored) -> stack(tag, options, outbox))
                .build();
        endpoint.setExecutors(protocolStage, housekeeping);
        endpoint.setMessageDeliverer(deliverer);
        endpoint.start();
        endpoints.add(endpoint);
        return endpoint.getAddress();
    }

    private CoapStack stack(String tag, Configuration options, Outbox outbox) {
        // Only for the stack, where it bounds the bodies under way; elsewhere it would bound the peers.
        Configuration bounded = new Configuration(options)
                .set(
                        CoapConfig.MAX_ACTIVE_PEERS,
                        settings.maxTransfers(Runtime.getRuntime().maxMemory()));
        Duration lifetime = Duration.ofMillis(options.get(CoapConfig.BLOCKWISE_STATUS_LIFETIME, TimeUnit.MILLISECONDS));
        return new GatewayStack(tag, bounded, matcher, new UploadLimit(lifetime, System::nanoTime, listener), outbox);
    }

    private Configuration configuration() {
        return new Configuration(CoapConfig.DEFINITIONS, SystemConfig.DEFINITIONS)
                .set(CoapConfig.DEDUPLICATOR, CoapConfig.DEDUPLICATOR_PEERS_MARK_AND_SWEEP)
                .set(CoapConfig.PEERS_MARK_AND_SWEEP_MESSAGES, DEDUPLICATED_MESSAGES_PER_PEER)
                .set(CoapConfig.MAX_RESOURCE_BODY_SIZE, settings.maxBodyBytes())
                .set(CoapConfig.PREFERRED_BLOCK_SIZE, PREFERRED_BLOCK_BYTES)
                .set(CoapConfig.MAX_MESSAGE_SIZE, PREFERRED_BLOCK_BYTES);
    }

    @Override
    public void close() {
        separateResponses.close();
        endpoints.forEach(CoapEndpoint::destroy);
    }
}
