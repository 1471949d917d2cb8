package io.coapgate.gateway;

import io.coapgate.gateway.coap.CoapEdge;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.dtls.DtlsIdentity;
import io.coapgate.gateway.dtls.DtlsListener;
import io.coapgate.gateway.dtls.DtlsThreads;
import io.coapgate.gateway.dtls.ListenerSettings;
import io.coapgate.gateway.exchange.ExchangeListener;
import io.coapgate.gateway.exchange.ExchangeListeners;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The UDP endpoints: for each, DTLS below and CoAP above. */
final class Listeners implements AutoCloseable {
    private final CoapEdge coap;
    private final DtlsProfile profile;
    private final DtlsThreads threads;
    private final ExchangeListener listener;
    private final Clock clock;
    private final Map<String, DtlsListener> byName = new LinkedHashMap<>();
    private final Map<String, InetSocketAddress> addresses = new LinkedHashMap<>();

    Listeners(CoapEdge coap, DtlsProfile profile, DtlsThreads threads, ExchangeListener listener, Clock clock) {
        this.coap = coap;
        this.profile = profile;
        this.threads = threads;
        this.listener = withSessionEnds(listener, coap);
        this.clock = clock;
    }

    /** @throws IOException if an address can't be bound; the message names it */
    void open(List<ListenerSettings> all, DtlsIdentity identity) throws IOException {
        for (ListenerSettings settings : all) {
            DtlsListener dtls = new DtlsListener(
                    settings, identity, profile.credentialsOf(settings), listener, clock, new SecureRandom());
            dtls.runOn(threads);
            byName.put(settings.name(), dtls);
            addresses.put(settings.name(), listen(settings, dtls));
        }
    }

    /** The edge that keeps observations has to know which sessions are no more. */
    private static ExchangeListener withSessionEnds(ExchangeListener listener, CoapEdge coap) {
        return new ExchangeListeners(listener, new ExchangeListener() {
            @Override
            public void disconnected(AuthenticatedDevice device) {
                coap.sessionEnded(device);
            }
        });
    }

    private InetSocketAddress listen(ListenerSettings settings, DtlsListener dtls) throws IOException {
        try {
            return coap.listen(settings.name(), dtls.connector());
        } catch (IOException e) {
            throw new IOException(
                    "listener " + settings.name() + " can't listen on " + settings.address() + ": " + e.getMessage(),
                    e);
        }
    }

    void terminate(Predicate<AuthenticatedDevice> devices) {
        byName.values().forEach(dtls -> dtls.terminate(devices));
    }

    /** Where each listener is, by its name, in the order of the configuration. */
    Map<String, InetSocketAddress> addresses() {
        return Collections.unmodifiableMap(addresses);
    }

    Map<String, DtlsListener> byName() {
        return Collections.unmodifiableMap(byName);
    }

    @Override
    public void close() {
        coap.close();
        byName.values().forEach(DtlsListener::close);
    }
}
