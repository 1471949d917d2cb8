package io.coapgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.californium.core.CoapResponse;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A firmware image, much longer than anything that the gateway would hold, on its way to a device. */
@Tag("own-jvm") // what other tests leave behind would be measured too
@Timeout(240)
class DownloadTest {
    private static final int BLOCK = 1024;
    private static final int SZX = 6;
    private static final int IMAGE_BLOCKS = 100 * 1024;
    private static final int PARTS = 4;
    private static final int PART_BLOCKS = IMAGE_BLOCKS / PARTS;
    private static final int WARM_UP_BLOCKS = 4000;
    private static final int SMALL_BLOCKS = 100;
    /** More would only say that the device is busy. */
    private static final int AT_ONCE = 8;

    private static final long MEBIBYTE = 1024 * 1024;
    private static final long MAX_POOLS = 8 * MEBIBYTE;

    private Path directory;

    private final ExecutorService handlers = Executors.newCachedThreadPool();
    private HttpServer service;
    private PskGateway gateway;
    private RawCoapClient device;

    @BeforeEach
    void start(@TempDir Path temporary) throws Exception {
        directory = temporary;
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.setExecutor(handlers);
        service.createContext("/", DownloadTest::serve);
        service.start();
        startGateway();
    }

    private void startGateway() throws Exception {
        int port = service.getAddress().getPort();
        gateway = PskGateway.of(directory, port, PskGateway.PATIENT, PskGateway.TWO_DEVICES, """
                - path: /firmware/**
                  upstream: backend
                  audience: https://backend.example
                  authenticate: session
                  methods: {GET: [all]}
                  download: range
                """);
        device = gateway.device("sensor-1");
    }

    private void stopGateway() {
        device.close();
        gateway.close();
    }

    @AfterEach
    void stop() {
        stopGateway();
        service.stop(0);
        handlers.shutdownNow();
    }

    /** The byte at this place of the image, which exists nowhere as a whole. */
    private static byte at(long place) {
        return (byte) (place * 31 + (place >> 10) * 7);
    }

    private static void serve(HttpExchange exchange) throws IOException {
        boolean small = exchange.getRequestURI().getPath().endsWith("small.bin");
        long length = (long) (small ? SMALL_BLOCKS : IMAGE_BLOCKS) * BLOCK;
        String[] range = exchange.getRequestHeaders()
                .getFirst("Range")
                .substring("bytes=".length())
                .split("-", 2);
        int first = Integer.parseInt(range[0]);
        int last = (int) Math.min(length - 1, Long.parseLong(range[1]));
        byte[] body = new byte[last - first + 1];
        for (int i = 0; i < body.length; i++) {
            body[i] = at(first + i);
        }
        exchange.getResponseHeaders().add("ETag", "\"image-1.0.0\"");
        exchange.getResponseHeaders().add("Content-Type", "application/octet-stream");
        exchange.getResponseHeaders().add("Content-Range", "bytes " + first + "-" + last + "/" + length);
        exchange.sendResponseHeaders(206, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static RawMessage get(String image, int number) {
        return RawMessage.con("0.01", number & 0xffff, "firmware", image)
                .withToken((byte) (number >> 16), (byte) (number >> 8), (byte) number)
                .withBlock(RawMessage.BLOCK2, number, false, SZX);
    }

    /** As {@link #get} put it into the token. */
    private static int numberOf(RawMessage answer) {
        byte[] token = answer.token();
        return (token[0] & 0xff) << 16 | (token[1] & 0xff) << 8 | (token[2] & 0xff);
    }

    /** @return its ETag */
    private static byte[] check(RawMessage answer, int number) {
        assertThat(answer.codeText()).isEqualTo("2.05");
        boolean more = number < IMAGE_BLOCKS - 1;
        assertThat(answer.uint(RawMessage.BLOCK2)).isEqualTo(number << 4 | (more ? 8 : 0) | SZX);
        byte[] payload = answer.payload();
        assertThat(payload.length).isEqualTo(BLOCK);
        for (int i = 0; i < BLOCK; i++) {
            if (payload[i] != at((long) number * BLOCK + i)) {
                throw new AssertionError("wrong byte in block " + number);
            }
        }
        return answer.option(RawMessage.ETAG).orElseThrow();
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Test
    void hundredMebibytesGoThroughInLessThanOne() throws Exception {
        fetch("warm-up.bin", 0, WARM_UP_BLOCKS); // what is made once is no growth
        long growth = growthDuringDownload();
        if (growth >= MEBIBYTE) {
            // pools that all share grow too, on a busy machine late; but little, and not twice
            assertThat(growth).as("growth of pools").isLessThan(MAX_POOLS);
            growth = growthDuringDownload();
        }
        assertThat(growth).as("growth of the heap").isLessThan(MEBIBYTE);
    }

    private long growthDuringDownload() throws Exception {
        long before = usedHeap();
        long most = before;
        for (int part = 0; part < PARTS; part++) {
            fetch("image.bin", part * PART_BLOCKS, (part + 1) * PART_BLOCKS);
            most = Math.max(most, usedHeap());
        }
        return most - before;
    }

    private void fetch(String image, int from, int to) throws Exception {
        for (int number = from; number < to; number += AT_ONCE) {
            for (int i = 0; i < AT_ONCE; i++) {
                device.send(get(image, number + i));
            }
            for (int i = 0; i < AT_ONCE; i++) {
                RawMessage answer = device.receive();
                check(answer, numberOf(answer));
            }
        }
    }

    @Test
    void aDeviceResumesAfterARestartOfTheGateway() throws Exception {
        byte[] etag = check(device.exchange(get("image.bin", 1)), 1);
        stopGateway();
        startGateway();
        assertThat(check(device.exchange(get("image.bin", 70_000)), 70_000)).isEqualTo(etag);
    }

    /** As any client library does it, with and without saying first how long blocks may be. */
    @Test
    void aClientThatAsksForTheWholeGetsIt() throws Exception {
        try (PskClient client = new PskClient(gateway.address(), "sensor-1", PskGateway.KEY, BLOCK)) {
            checkSmall(client.send(Request.newGet(), "/firmware/small.bin"));
            Request early = Request.newGet();
            early.getOptions().setBlock2(2, false, 0);
            checkSmall(client.send(early, "/firmware/small.bin"));
        }
    }

    private static void checkSmall(CoapResponse answer) {
        assertThat(answer.getCode()).isEqualTo(ResponseCode.CONTENT);
        byte[] image = answer.getPayload();
        assertThat(image).hasSize(SMALL_BLOCKS * BLOCK);
        for (int i = 0; i < image.length; i++) {
            assertThat(image[i]).isEqualTo(at(i));
        }
    }
}
