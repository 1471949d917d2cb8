package io.coapgate.gateway.coap;

import static java.util.Objects.requireNonNull;

import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.exchange.ExchangeListener;
import io.coapgate.gateway.observe.Observations;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.network.Outbox;
import org.eclipse.californium.core.network.serialization.UdpDataSerializer;
import org.eclipse.californium.core.network.stack.CoapStack;
import org.eclipse.californium.core.network.stack.Layer;
import org.eclipse.californium.elements.Connector;
import org.eclipse.californium.elements.config.Configuration;

/** The gateway's CoAP endpoints, one for each DTLS connector that it is given. */
public final class CoapEdge implements AutoCloseable {
    private final CoapSettings settings;
    private final ScheduledExecutorService protocolStage;
    private final ScheduledExecutorService housekeeping;
    private final Resources resources;
    private final ObserveRelations relations;
    private final Function<Principal, Optional<AuthenticatedDevice>> deviceOf;
    private final SessionMatcher matcher;
    private final ExchangeListener listener;
    private final ExchangeIds ids = new ExchangeIds(new SecureRandom());
    private final List<CoapEndpoint> endpoints = new ArrayList<>();
    private final List<SeparateResponses> separateResponses = new ArrayList<>();

    /**
     * @param protocolStage runs the CoAP stack and whatever a handler does before it waits
     * @param housekeeping timers, retransmissions and clean-up
     * @param resources who handles requests
     * @param observations those that the devices ask for
     * @param deviceOf the proof that a session's principal carries
     * @param listener hears of requests that are refused before a handler sees them
     */
    public CoapEdge(
            CoapSettings settings,
            ScheduledExecutorService protocolStage,
            ScheduledExecutorService housekeeping,
            Resources resources,
            Observations observations,
            Function<Principal, Optional<AuthenticatedDevice>> deviceOf,
            ExchangeListener listener) {
        this.settings = settings;
        this.protocolStage = protocolStage;
        this.housekeeping = housekeeping;
        this.resources = resources;
        this.relations = new ObserveRelations(observations, listener, System::currentTimeMillis);
        this.deviceOf = deviceOf;
        this.matcher = new SessionMatcher(deviceOf);
        this.listener = listener;
    }

    /**
     * Opens an endpoint on this connector.
     *
     * @param name of the listener, which its transmission parameters go by
     * @return where it listens
     * @throws IOException if the address can't be bound
     */
    public InetSocketAddress listen(String name, Connector connector) throws IOException {
        TransmissionParameters transmission =
                requireNonNull(settings.transmission().get(name), name);
        MessageParser parser = new MessageParser();
        CoapEndpoint endpoint = new CoapEndpoint.Builder()
                .setConfiguration(CoapOptions.of(settings, transmission))
                .setConnector(connector)
                .setDataSerializerAndParser(new UdpDataSerializer(), parser)
                .setEndpointContextMatcher(matcher)
                .setCoapStackFactory(
                        (protocol, tag, options, outbox, ignored) -> stack(tag, options, transmission, outbox))
                .build();
        endpoint.setExecutors(protocolStage, housekeeping);
        SeparateResponses separate = new SeparateResponses(transmission.piggybackWindow(), housekeeping);
        separateResponses.add(separate);
        endpoint.setMessageDeliverer(new RequestDeliverer(resources, deviceOf, separate, relations, ids, listener));
        endpoint.addPostProcessInterceptor(new MalformedMessages(parser, deviceOf, listener));
        endpoint.start();
        endpoints.add(endpoint);
        return endpoint.getAddress();
    }

    private CoapStack stack(String tag, Configuration options, TransmissionParameters transmission, Outbox outbox) {
        UnfinishedAnswers unfinished = new UnfinishedAnswers(
                settings.blockLifetime(), options.get(CoapConfig.PREFERRED_BLOCK_SIZE), System::nanoTime);
        List<Layer> own = List.of(
                unfinished.below(),
                new BlockResponse.Layer(),
                new StackRefusals(settings.maxBodyBytes(), listener),
                new UploadLimit(settings.blockLifetime(), System::nanoTime, listener),
                new RequestTags(),
                new SuppressedResponses(),
                new OutstandingResponses(transmission.nstart(), transmission.maxTransmitWait(), System::nanoTime));
        int transfers = settings.maxTransfers(Runtime.getRuntime().maxMemory());
        return new GatewayStack(
                tag, CoapOptions.boundedTransfers(options, transfers), matcher, unfinished.above(), own, outbox);
    }

    /** A DTLS session has ended: what it observed ends too. Blocks nobody. */
    public void sessionEnded(AuthenticatedDevice device) {
        relations.sessionEnded(device);
    }

    @Override
    public void close() {
        separateResponses.forEach(SeparateResponses::close);
        endpoints.forEach(CoapEndpoint::destroy);
    }
}
