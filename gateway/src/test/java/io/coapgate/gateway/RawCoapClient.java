package io.coapgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.californium.elements.AddressEndpointContext;
import org.eclipse.californium.elements.RawData;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.SystemConfig;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedSinglePskStore;

/** A device with a pre-shared key that puts single datagrams on the wire and reads them, with no CoAP of its own. */
public final class RawCoapClient implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 10;
    private static final int BARRIER_PINGS = 3;

    static {
        DtlsConfig.register();
    }

    private final InetSocketAddress gateway;
    private final DTLSConnector connector;
    private final BlockingQueue<RawMessage> received = new LinkedBlockingQueue<>();
    private final AtomicInteger pings = new AtomicInteger(60_000);

    public RawCoapClient(InetSocketAddress gateway, String identity, String key) throws IOException {
        this.gateway = gateway;
        Configuration options = new Configuration(DtlsConfig.DEFINITIONS, SystemConfig.DEFINITIONS)
                .set(DtlsConfig.DTLS_ROLE, DtlsConfig.DtlsRole.CLIENT_ONLY)
                .set(DtlsConfig.DTLS_CONNECTION_ID_LENGTH, 0)
                .set(DtlsConfig.DTLS_RECEIVER_THREAD_COUNT, 1)
                .set(DtlsConfig.DTLS_CONNECTOR_THREAD_COUNT, 1);
        connector = new DTLSConnector(DtlsConnectorConfig.builder(options)
                .setAddress(new InetSocketAddress(gateway.getAddress(), 0))
                .setAdvancedPskStore(new AdvancedSinglePskStore(identity, key.getBytes(StandardCharsets.UTF_8)))
                .build());
        connector.setRawDataReceiver(data -> received.add(RawMessage.read(data.getBytes())));
        connector.start();
    }

    public void send(byte... datagram) {
        connector.send(RawData.outbound(datagram, new AddressEndpointContext(gateway), null, false));
    }

    public void send(RawMessage message) {
        send(message.bytes());
    }

    /** The next message that comes. */
    public RawMessage receive() throws InterruptedException {
        RawMessage message = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return Objects.requireNonNull(message, "nothing came from the gateway");
    }

    /** The next message, if one comes that soon. */
    public Optional<RawMessage> poll(Duration patience) throws InterruptedException {
        return Optional.ofNullable(received.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
    }

    public RawMessage exchange(RawMessage request) throws InterruptedException {
        send(request);
        return receive();
    }

    /** What has been sent so far gets no answer: the next that come are those to pings that are sent after it. */
    public void expectNothing() throws InterruptedException {
        for (int i = 0; i < BARRIER_PINGS; i++) {
            int mid = pings.incrementAndGet();
            RawMessage pong = exchange(RawMessage.empty(RawMessage.CON, mid));
            assertThat(pong.toString())
                    .isEqualTo(RawMessage.empty(RawMessage.RST, mid).toString());
        }
    }

    /** Ends the session with a close_notify. */
    public void disconnect() {
        connector.close(gateway);
    }

    @Override
    public void close() {
        connector.destroy();
    }
}
