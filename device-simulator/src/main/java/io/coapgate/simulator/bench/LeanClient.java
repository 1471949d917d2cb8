package io.coapgate.simulator.bench;

import io.coapgate.simulator.device.DeviceProfile;
import io.coapgate.simulator.device.DeviceRuntime;
import io.coapgate.simulator.device.DtlsClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.californium.elements.AddressEndpointContext;
import org.eclipse.californium.elements.DtlsEndpointContext;
import org.eclipse.californium.elements.EndpointContext;
import org.eclipse.californium.elements.MapBasedEndpointContext;
import org.eclipse.californium.elements.RawData;
import org.eclipse.californium.elements.RawDataChannel;
import org.eclipse.californium.scandium.DTLSConnector;
import org.jspecify.annotations.Nullable;

/**
 * A device that sends the same confirmable request over and over: the next one when the last one is answered, or when it
 * is due, but never two at a time (NSTART, RFC 7252 §4.7). It patches message ids into encoded datagrams instead of
 * building messages, so that the client costs less than what it measures.
 */
final class LeanClient implements RawDataChannel, AutoCloseable {
    private static final int MESSAGE_ID_OFFSET = 2;
    private static final int TOKEN_OFFSET = 4;
    private static final int TYPE_MASK = 0x30;
    private static final int CONFIRMABLE = 0x00;
    private static final byte EMPTY_ACKNOWLEDGEMENT = 0x60;
    private static final int SUCCESS_CLASS = 2;
    private static final int CLASS_SHIFT = 5;

    private final DTLSConnector connector;
    private final EndpointContext server;
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private volatile byte[] template = new byte[0];
    private volatile long sentNanos;
    private volatile @Nullable CompletableFuture<Integer> single;
    private volatile boolean running;
    private volatile @Nullable DueRequests due;
    /** Guarded by this. */
    private int messageId;

    private LeanClient(DTLSConnector connector, InetSocketAddress server) {
        this.connector = connector;
        this.server = new AddressEndpointContext(server);
        connector.setRawDataReceiver(this);
    }

    static LeanClient start(DeviceProfile profile, InetSocketAddress server, DeviceRuntime runtime) throws IOException {
        return start(DtlsClient.connector(profile, runtime), server);
    }

    /** The connector is owned from here on. */
    static LeanClient start(DTLSConnector connector, InetSocketAddress server) throws IOException {
        LeanClient client = new LeanClient(connector, server);
        connector.start();
        return client;
    }

    /** Sends one request, with a token of four bytes, and gives the code of its answer. */
    CompletableFuture<Integer> once(byte[] request) {
        CompletableFuture<Integer> answer = new CompletableFuture<>();
        single = answer;
        template = request.clone();
        send(server);
        return answer;
    }

    /** As {@link #once}, in a new session: a full handshake comes first, and the old session is left behind. */
    CompletableFuture<Integer> onceInNewSession(byte[] request) {
        CompletableFuture<Integer> answer = new CompletableFuture<>();
        single = answer;
        template = request.clone();
        send(MapBasedEndpointContext.addEntries(server, DtlsEndpointContext.ATTRIBUE_HANDSHAKE_MODE_FORCE_FULL));
        return answer;
    }

    /** Sends this request again and again from now on. */
    void repeat(byte[] request) {
        prepare(request, null);
        sendNext();
    }

    /** Sends this request from now on whenever one of {@code requests} is due. */
    void follow(byte[] request, DueRequests requests) {
        prepare(request, requests);
    }

    private void prepare(byte[] request, @Nullable DueRequests requests) {
        single = null;
        template = request.clone();
        due = requests;
        running = true;
    }

    /** One more request is due, if they are. */
    void due(long dueNanos) {
        DueRequests requests = due;
        if (requests != null && requests.add(dueNanos)) {
            sendNext();
        }
    }

    /** Sends no more; what is under way is still counted. */
    void pause() {
        running = false;
        DueRequests requests = due;
        if (requests != null) {
            requests.clear();
        }
    }

    /** Sends again if the last request is unanswered for longer than this: its datagram was lost. */
    boolean resendIfSilentFor(long nanos) {
        DueRequests requests = due;
        boolean idle = !running || (requests != null && requests.isEmpty());
        if (idle || System.nanoTime() - sentNanos < nanos) {
            return false;
        }
        sendNext();
        return true;
    }

    long answered() {
        return answered.get();
    }

    long refused() {
        return refused.get();
    }

    private void sendNext() {
        send(server);
    }

    private synchronized void send(EndpointContext destination) {
        byte[] datagram = template.clone();
        messageId = (messageId + 1) & 0xffff;
        ByteBuffer.wrap(datagram).putShort(MESSAGE_ID_OFFSET, (short) messageId).putInt(TOKEN_OFFSET, messageId);
        sentNanos = System.nanoTime();
        connector.send(RawData.outbound(datagram, destination, null, false));
    }

    @Override
    public void receiveData(RawData raw) {
        byte[] datagram = raw.getBytes();
        int code = datagram[1] & 0xff;
        if (code == 0 || datagram.length < TOKEN_OFFSET + Integer.BYTES) {
            return; // an acknowledgement whose answer is still to come
        }
        if ((datagram[0] & TYPE_MASK) == CONFIRMABLE) {
            byte[] acknowledgement = {
                EMPTY_ACKNOWLEDGEMENT, 0, datagram[MESSAGE_ID_OFFSET], datagram[MESSAGE_ID_OFFSET + 1]
            };
            connector.send(RawData.outbound(acknowledgement, server, null, false));
        }
        if (ByteBuffer.wrap(datagram).getInt(TOKEN_OFFSET) != messageId()) {
            return; // late: it was sent again meanwhile
        }
        CompletableFuture<Integer> waiting = single;
        if (waiting != null) {
            waiting.complete(code);
            return;
        }
        (code >> CLASS_SHIFT == SUCCESS_CLASS ? answered : refused).incrementAndGet();
        DueRequests requests = due;
        if (requests == null ? running : requests.answered(System.nanoTime())) {
            sendNext();
        }
    }

    private synchronized int messageId() {
        return messageId;
    }

    @Override
    public void close() {
        running = false;
        connector.destroy();
    }
}
