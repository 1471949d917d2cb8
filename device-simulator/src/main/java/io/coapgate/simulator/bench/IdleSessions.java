package io.coapgate.simulator.bench;

import io.coapgate.simulator.device.DeviceProfile;
import io.coapgate.simulator.device.DeviceRuntime;
import io.coapgate.simulator.device.DtlsClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Leaves sessions behind on a server: each device connects, does what it has to, and vanishes without a word, as sleepy
 * devices do. Each comes from an address of its own, of 127.1.0.0/16, so that none takes another one's place.
 */
final class IdleSessions {
    private static final long ANSWER_SECONDS = 10;
    private static final int SUCCESS_CLASS = 2;
    private static final int CLASS_SHIFT = 5;
    private static final int LOW_BYTE = 0xff;
    private static final int HOSTS_FROM = 256; // 127.1.1.0

    private final ServerUnderTest server;
    private final DeviceRuntime runtime;
    private int devices;

    IdleSessions(ServerUnderTest server, DeviceRuntime runtime) {
        this.server = server;
        this.runtime = runtime;
    }

    /** One more session for each of these. */
    void add(List<DeviceProfile> profiles) throws IOException, InterruptedException {
        for (DeviceProfile profile : profiles) {
            InetSocketAddress own = new InetSocketAddress(address(devices++), 0);
            try (LeanClient client = LeanClient.start(DtlsClient.connector(profile, own, runtime), server.address())) {
                if (server.takesTokens()) {
                    require(
                            client,
                            Datagrams.tokenUpload(profile.tokens().orElseThrow().token()));
                }
                require(client, Datagrams.telemetry());
            }
        }
    }

    private void require(LeanClient client, byte[] request) throws IOException, InterruptedException {
        try {
            int code = client.once(request).get(ANSWER_SECONDS, TimeUnit.SECONDS);
            if (code >> CLASS_SHIFT != SUCCESS_CLASS) {
                throw new IOException("%s answered %d.%02d".formatted(server.name(), code >> CLASS_SHIFT, code & 0x1f));
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(server.name() + " did not answer", e);
        }
    }

    static InetAddress address(int device) throws IOException {
        int host = HOSTS_FROM + device;
        return InetAddress.getByAddress(
                new byte[] {127, 1, (byte) (host >> Byte.SIZE & LOW_BYTE), (byte) (host & LOW_BYTE)});
    }
}
