package io.coapgate.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real sockets on loopback; the server is played by the test. */
class ImpairmentProxyTest {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int WINDOW = 50;

    private final AtomicLong nanoTime = new AtomicLong(1);
    private final DatagramSocket server = socket();
    private final DatagramSocket device = socket();
    private final DatagramSocket other = socket();
    private ImpairmentProxy proxy;

    @BeforeEach
    void start() throws IOException {
        proxy = ImpairmentProxy.start(
                (InetSocketAddress) server.getLocalSocketAddress(), Impairments.NONE, 42, nanoTime::get);
    }

    @AfterEach
    void close() {
        proxy.close();
        server.close();
        device.close();
        other.close();
    }

    @Test
    void carriesDatagramsBothWaysForEachClientByAPortOfItsOwn() throws IOException {
        InetSocketAddress first = sendAndSeeFrom(device, "hello");
        InetSocketAddress second = sendAndSeeFrom(other, "hi");
        assertThat(first).isNotEqualTo(second).isNotEqualTo(device.getLocalSocketAddress());
        assertThat(sendAndSeeFrom(device, "again")).isEqualTo(first);

        send(server, "for the other", second);
        send(server, "for the first", first);
        assertThat(receive(device)).isEqualTo("for the first");
        assertThat(receive(other)).isEqualTo("for the other");
        awaitCounts(Direction.TO_SERVER, new LinkCounts(3, 12, 5, 0, 0, 0, 0, 3, 12));
        awaitCounts(Direction.TO_CLIENT, new LinkCounts(2, 26, 13, 0, 0, 0, 0, 2, 26));
    }

    /** What has gone out is counted a moment later. */
    private void awaitCounts(Direction direction, LinkCounts counts) {
        Awaitility.await()
                .atMost(Duration.ofMillis(PATIENCE_MILLIS))
                .until(() -> proxy.counts(direction).equals(counts));
    }

    @Test
    void losesAndRepeatsExactlyWhatTheSeedSays() throws IOException {
        Impairment impairment = Impairment.NONE.withLoss(0.2).withDuplication(0.1);
        proxy.set(Impairments.both(impairment));
        Dice dice = new Dice(42, 0, Direction.TO_SERVER);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            String text = Integer.toString(i);
            Fate fate = dice.throwFor(impairment);
            if (!fate.lost()) {
                expected.add(text);
                if (fate.duplicated()) {
                    expected.add(text);
                }
            }
        }
        List<String> arrived = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            send(device, Integer.toString(i), proxy.address());
            if (i % WINDOW == WINDOW - 1) {
                awaitReceived(i + 1);
                while (arrived.size() < proxy.counts(Direction.TO_SERVER).delivered()) {
                    arrived.add(receive(server));
                }
            }
        }
        while (arrived.size() < expected.size()) { // the last ones may have been under way still
            arrived.add(receive(server));
        }
        assertThat(arrived).isEqualTo(expected).hasSizeBetween(400, 480);
        Awaitility.await()
                .atMost(Duration.ofMillis(PATIENCE_MILLIS))
                .until(() -> proxy.counts(Direction.TO_SERVER).delivered() == expected.size());
    }

    @Test
    void bringsANetworkDownAndUpAgain() throws IOException {
        proxy.set(Impairments.BLACKOUT);
        send(device, "lost", proxy.address());
        awaitReceived(1);
        proxy.set(Impairments.NONE);
        sendAndSeeFrom(device, "arrives");
        assertThat(proxy.counts(Direction.TO_SERVER).lost()).isEqualTo(1);
    }

    @Test
    void rebindsAllClientsAndDropsTheirOldPorts() throws IOException {
        InetSocketAddress first = sendAndSeeFrom(device, "a");
        InetSocketAddress second = sendAndSeeFrom(other, "b");
        assertThat(proxy.rebind()).isEqualTo(2);
        send(server, "too late", first);

        InetSocketAddress fresh = sendAndSeeFrom(device, "c");
        assertThat(fresh).isNotEqualTo(first);
        assertThat(sendAndSeeFrom(other, "d")).isNotEqualTo(second);
        send(server, "in time", fresh);
        assertThat(receive(device)).isEqualTo("in time");
        assertThat(proxy.counts(Direction.TO_CLIENT).received()).isEqualTo(1);
    }

    @Test
    void rebindsOneClient() throws IOException {
        InetSocketAddress first = sendAndSeeFrom(device, "a");
        InetSocketAddress second = sendAndSeeFrom(other, "b");
        assertThat(proxy.rebind((InetSocketAddress) device.getLocalSocketAddress()))
                .isTrue();
        assertThat(proxy.rebind((InetSocketAddress) server.getLocalSocketAddress()))
                .isFalse();
        assertThat(sendAndSeeFrom(device, "c")).isNotEqualTo(first);
        assertThat(sendAndSeeFrom(other, "d")).isEqualTo(second);
    }

    @Test
    void forgetsAClientThatWasSilent() throws IOException {
        proxy.set(Impairments.NONE.withMappingTimeout(Duration.ofSeconds(30)));
        InetSocketAddress first = sendAndSeeFrom(device, "a");
        nanoTime.addAndGet(Duration.ofSeconds(30).toNanos() - 1);
        assertThat(sendAndSeeFrom(device, "b")).isEqualTo(first);
        nanoTime.addAndGet(Duration.ofSeconds(30).toNanos());
        Awaitility.await().atMost(Duration.ofMillis(PATIENCE_MILLIS)).until(() -> isFree(first.getPort()));
        assertThat(proxy.rebind()).isZero();
        sendAndSeeFrom(device, "c");
    }

    @Test
    void outlivesAServerThatIsNotThere() throws IOException {
        InetSocketAddress address = (InetSocketAddress) server.getLocalSocketAddress();
        server.close();
        for (int i = 1; i <= 5; i++) {
            send(device, "anyone?", proxy.address());
            awaitReceived(i);
        }
        try (DatagramSocket restarted = new DatagramSocket(address)) {
            restarted.setSoTimeout(PATIENCE_MILLIS);
            send(device, "back", proxy.address());
            assertThat(receive(restarted)).isEqualTo("back");
        }
    }

    @Test
    void freesItsPortsWhenItIsClosed() throws IOException {
        InetSocketAddress port = sendAndSeeFrom(device, "a");
        proxy.close();
        assertThat(isFree(port.getPort())).isTrue();
        assertThat(isFree(proxy.address().getPort())).isTrue();
        assertThat(proxy.rebind()).isZero();
        proxy.close();
    }

    @Test
    void refusesAServerThatHasNoAddress() {
        InetSocketAddress nowhere = InetSocketAddress.createUnresolved("gateway.example", 5684);
        assertThatIllegalArgumentException().isThrownBy(() -> ImpairmentProxy.start(nowhere, Impairments.NONE, 1));
    }

    private void awaitReceived(int datagrams) {
        Awaitility.await()
                .atMost(Duration.ofMillis(PATIENCE_MILLIS))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> proxy.counts(Direction.TO_SERVER).received() == datagrams
                        && settled(proxy.counts(Direction.TO_SERVER)));
    }

    private static boolean settled(LinkCounts counts) {
        return counts.received() - counts.lost() + counts.duplicated() == counts.delivered() + counts.overflowed();
    }

    private InetSocketAddress sendAndSeeFrom(DatagramSocket socket, String text) throws IOException {
        send(socket, text, proxy.address());
        DatagramPacket packet = new DatagramPacket(new byte[100], 100);
        server.receive(packet);
        assertThat(text(packet)).isEqualTo(text);
        return (InetSocketAddress) packet.getSocketAddress();
    }

    private static void send(DatagramSocket socket, String text, InetSocketAddress to) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        socket.send(new DatagramPacket(bytes, bytes.length, to));
    }

    private static String receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[100], 100);
        try {
            socket.receive(packet);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("nothing arrived", e);
        }
        return text(packet);
    }

    private static String text(DatagramPacket packet) {
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
    }

    private static boolean isFree(int port) {
        try (DatagramSocket socket =
                new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static DatagramSocket socket() {
        try {
            DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            socket.setSoTimeout(PATIENCE_MILLIS);
            return socket;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
