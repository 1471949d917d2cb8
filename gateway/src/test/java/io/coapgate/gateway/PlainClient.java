package io.coapgate.gateway;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.coap.Token;
import org.eclipse.californium.core.network.serialization.UdpDataParser;
import org.eclipse.californium.core.network.serialization.UdpDataSerializer;

/** Sends single datagrams over plain UDP, and waits for what comes back. */
final class PlainClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;

    private final DatagramSocket socket;
    private final InetSocketAddress gateway;

    PlainClient(InetSocketAddress gateway) throws IOException {
        this.gateway = gateway;
        this.socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /** A confirmable upload; the code of the answer and its payload. */
    Response upload(byte[] token) throws IOException {
        return exchange(post("authz-info", token));
    }

    static Request post(String path, byte[] payload) {
        Request request = new Request(Code.POST, CoAP.Type.CON);
        request.setMID(4711);
        request.setToken(new Token(new byte[] {1, 2, 3}));
        request.getOptions().addUriPath(path);
        request.setPayload(payload);
        return request;
    }

    Response exchange(Request request) throws IOException {
        byte[] answer = exchange(new UdpDataSerializer().getByteArray(request), PATIENCE_MILLIS)
                .orElseThrow(() -> new IOException("no answer"));
        return (Response) new UdpDataParser().parseMessage(answer);
    }

    /** What comes back within that time, if anything does. */
    Optional<byte[]> exchange(byte[] datagram, int millis) throws IOException {
        send(datagram);
        return receive(millis);
    }

    void send(byte[] datagram) throws IOException {
        socket.send(new DatagramPacket(datagram, datagram.length, gateway));
    }

    Optional<byte[]> receive(int millis) throws IOException {
        socket.setSoTimeout(millis);
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        try {
            socket.receive(packet);
            return Optional.of(Arrays.copyOf(packet.getData(), packet.getLength()));
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
