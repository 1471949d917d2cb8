package io.coapgate.simulator.launch;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * The ports of a gateway on loopback; 0 lets the system choose.
 *
 * @param psk UDP, and so are {@code rpk} and {@code x509}; {@code publicHttp} and {@code adminHttp} are TCP
 */
public record GatewayPorts(int psk, int rpk, int x509, int publicHttp, int adminHttp) {
    private static final int COAPS = 5684;
    private static final int STEP = 10;
    private static final int HTTP = 8080;

    /** All of the system's choice. */
    public static GatewayPorts ephemeral() {
        return new GatewayPorts(0, 0, 0, 0, 0);
    }

    /** Those that a gateway has got. */
    static GatewayPorts of(GatewayAddresses addresses) {
        return new GatewayPorts(
                addresses.coaps("psk").getPort(),
                addresses.coaps("rpk").getPort(),
                addresses.coaps("x509").getPort(),
                addresses.http("public").getPort(),
                addresses.http("admin").getPort());
    }

    /** 5684, 5694, 5704, 8080 and 8081 as far as they are free right now. */
    public static GatewayPorts usualIfFree() {
        return new GatewayPorts(
                freeUdp(COAPS), freeUdp(COAPS + STEP), freeUdp(COAPS + 2 * STEP), freeTcp(HTTP), freeTcp(HTTP + 1));
    }

    private static int freeUdp(int port) {
        try (DatagramSocket socket = new DatagramSocket(loopback(port))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            return 0;
        }
    }

    private static int freeTcp(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(loopback(port));
            return socket.getLocalPort();
        } catch (IOException e) {
            return 0;
        }
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
