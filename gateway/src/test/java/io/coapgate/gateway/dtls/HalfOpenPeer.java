package io.coapgate.gateway.dtls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** A peer that brings the cookie back and then says no more, as a flood does. */
final class HalfOpenPeer implements AutoCloseable {
    private static final int RECEIVE_TIMEOUT_MILLIS = 2_000;
    private static final int COOKIE_LENGTH_OFFSET = 13 + 12 + 2;
    private static final String CCM_8_NO_COMPRESSION_EXTENDED_MASTER_SECRET = "0002c0a8" + "0100" + "000400170000";

    private final DatagramSocket socket;
    private final InetSocketAddress server;
    private final byte[] random = new byte[32];

    HalfOpenPeer(InetAddress source, InetSocketAddress server) throws IOException {
        this.socket = new DatagramSocket(new InetSocketAddress(source, 0));
        this.socket.setSoTimeout(RECEIVE_TIMEOUT_MILLIS);
        this.server = server;
        ThreadLocalRandom.current().nextBytes(random);
    }

    /** @return the type of the record that answers the cookie: 22 handshake, 21 alert */
    int begin() throws IOException {
        send(clientHello(0, new byte[0]));
        byte[] helloVerify = receive();
        int length = helloVerify[COOKIE_LENGTH_OFFSET];
        send(clientHello(
                1, Arrays.copyOfRange(helloVerify, COOKIE_LENGTH_OFFSET + 1, COOKIE_LENGTH_OFFSET + 1 + length)));
        return receive()[0];
    }

    @Override
    public void close() {
        socket.close();
    }

    private byte[] clientHello(int sequence, byte[] cookie) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(new byte[] {(byte) 0xfe, (byte) 0xfd});
        body.writeBytes(random);
        body.write(0); // no session id
        body.write(cookie.length);
        body.writeBytes(cookie);
        body.writeBytes(HexFormat.of().parseHex(CCM_8_NO_COMPRESSION_EXTENDED_MASTER_SECRET));
        String length = HexFormat.of().toHexDigits(body.size(), 6);
        String number = HexFormat.of().toHexDigits(sequence, 4);
        String record = "16fefd0000" + HexFormat.of().toHexDigits(sequence, 12)
                + HexFormat.of().toHexDigits(body.size() + 12, 4);
        ByteArrayOutputStream datagram = new ByteArrayOutputStream();
        datagram.writeBytes(HexFormat.of().parseHex(record + "01" + length + number + "000000" + length));
        datagram.writeBytes(body.toByteArray());
        return datagram.toByteArray();
    }

    private void send(byte[] datagram) throws IOException {
        socket.send(new DatagramPacket(datagram, datagram.length, server));
    }

    private byte[] receive() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        socket.receive(packet);
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }
}
