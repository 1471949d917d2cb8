package io.coapgate.simulator.cost;

import io.coapgate.simulator.device.DeviceProfile;
import io.coapgate.simulator.device.DeviceRequest;
import io.coapgate.simulator.device.SimulatedDevice;
import io.coapgate.simulator.fault.Direction;
import io.coapgate.simulator.fault.ImpairmentProxy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** One device on its way, through a proxy that only counts. It is used by one thread. */
final class CostTrip {
    static final String TOKEN_PATH = "/t";
    static final String SESSION_PATH = "/s";

    /** What RFC 7925 has in mind: a short name and a small reading. */
    private static final byte[] READING = "{\"celsius\":21.5}".getBytes(StandardCharsets.US_ASCII);

    private static final long SETTLE_MILLIS = 30;
    private static final int SETTLE_TRIES = 100;

    private final SimulatedDevice device;
    private final ImpairmentProxy proxy;
    private final DeviceProfile profile;
    private final TokenWay way;
    private int tokenBytes;

    CostTrip(SimulatedDevice device, ImpairmentProxy proxy, DeviceProfile profile, TokenWay way) {
        this.device = device;
        this.proxy = proxy;
        this.profile = profile;
        this.way = way;
    }

    /** A part of it. */
    @FunctionalInterface
    interface Part {
        void go() throws IOException, InterruptedException;
    }

    /** What that part of the way costs. */
    Cost cost(Part part) throws IOException, InterruptedException {
        Cost before = Cost.through(proxy);
        part.go();
        return settled().minus(before);
    }

    /** Acknowledgements may come after the answer. */
    private Cost settled() throws InterruptedException {
        Cost now = Cost.through(proxy);
        for (int i = 0; i < SETTLE_TRIES; i++) {
            TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
            Cost later = Cost.through(proxy);
            if (later.equals(now)) {
                break;
            }
            now = later;
        }
        return now;
    }

    /** From switched on to the first answer; brings a token too, if that is the way. */
    void start() throws IOException, InterruptedException {
        bringToken();
        request();
    }

    /** The first answer after an abbreviated handshake; brings a token again if the gateway wants one. */
    void resume() throws IOException, InterruptedException {
        device.doubtSession();
        if (!Answers.any(device.request(reading())).isSuccess()) {
            start();
        }
    }

    void request() throws IOException, InterruptedException {
        Answers.success(device.request(reading()));
    }

    private DeviceRequest reading() {
        return DeviceRequest.post(way == TokenWay.SESSION ? SESSION_PATH : TOKEN_PATH, READING, DeviceRequest.JSON);
    }

    private void bringToken() throws IOException, InterruptedException {
        byte[] token;
        if (way == TokenWay.TOKEN) {
            token = TokenEndpoint.tokenForSession(device, profile.credential());
        } else if (profile.tokens().isPresent()) {
            token = profile.tokens().get().token();
        } else {
            return;
        }
        tokenBytes = token.length;
        Answers.success(device.uploadToken(token));
    }

    /** Of the CWT that it uploaded, 0 without one. */
    int tokenBytes() {
        return tokenBytes;
    }

    /** In either direction, so far. */
    long largestDatagram() {
        return Math.max(
                proxy.counts(Direction.TO_SERVER).largestBytes(),
                proxy.counts(Direction.TO_CLIENT).largestBytes());
    }
}
