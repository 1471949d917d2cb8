package io.coapgate.gateway.conformance;

import static io.coapgate.gateway.RawMessage.BLOCK1;
import static io.coapgate.gateway.RawMessage.BLOCK2;
import static io.coapgate.gateway.RawMessage.CONTENT_FORMAT;
import static io.coapgate.gateway.RawMessage.LOCATION_PATH;
import static io.coapgate.gateway.RawMessage.con;
import static io.coapgate.gateway.conformance.EtsiService.LARGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.gateway.PskGateway;
import io.coapgate.gateway.RawCoapClient;
import io.coapgate.gateway.RawMessage;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TD_COAP_BLOCK, one block at a time. */
@Timeout(60)
class BlockConformanceTest {
    private static final String GET = "0.01";
    private static final String POST = "0.02";
    private static final String PUT = "0.03";
    private static final int MORE = 8;

    private final Path directory;
    private final EtsiService service = new EtsiService();
    private int mid = 100;

    private PskGateway gateway;
    private RawCoapClient device;

    BlockConformanceTest(@TempDir Path directory) throws Exception {
        this.directory = directory;
        gateway = start(PskGateway.PATIENT);
        device = gateway.device("sensor-1");
    }

    private PskGateway start(String listener) throws Exception {
        return new PskGateway(directory, service.port(), listener, "response-timeout: 50s");
    }

    @AfterEach
    void stop() {
        device.close();
        gateway.close();
        service.close();
    }

    private RawMessage request(String method, String... path) {
        return con(method, ++mid, path);
    }

    private RawMessage exchange(RawMessage request, String code) throws Exception {
        RawMessage answer = device.exchange(request);
        assertThat(answer.mid()).isEqualTo(request.mid());
        assertThat(answer.token()).isEqualTo(request.token());
        assertThat(answer.codeText()).isEqualTo(code);
        return answer;
    }

    /** The rest of a body of which this is the first block, asked for by the same method. */
    private String rest(RawMessage first, String method, String code, int szx, String... path) throws Exception {
        int size = 16 << szx;
        StringBuilder body = new StringBuilder(first.text());
        for (boolean more = (first.uint(BLOCK2) & MORE) != 0; more; ) {
            int number = body.length() / size;
            RawMessage next = exchange(request(method, path).withBlock(BLOCK2, number, false, szx), code);
            more = (next.uint(BLOCK2) & MORE) != 0;
            assertThat(next.uint(BLOCK2)).isEqualTo(number << 4 | (more ? MORE : 0) | szx);
            assertThat(next.text().length()).as("full, but for the last").isBetween(more ? size : 1, size);
            body.append(next.text());
        }
        return body.toString();
    }

    /** Sends the body but for its last block, which is returned. */
    private RawMessage allButTheLast(String method, int szx, String... path) throws Exception {
        int size = 16 << szx;
        for (int number = 0; ; number++) {
            int end = (number + 1) * size;
            RawMessage block = request(method, path)
                    .withUint(CONTENT_FORMAT, 0)
                    .withBlock(BLOCK1, number, end < LARGE.length(), szx)
                    .withPayload(LARGE.substring(number * size, Math.min(end, LARGE.length())));
            if (end >= LARGE.length()) {
                return block;
            }
            assertThat(exchange(block, "2.31").uint(BLOCK1)).isEqualTo(block.uint(BLOCK1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 4, 6})
    @Etsi({"TD_COAP_BLOCK_01", "TD_COAP_BLOCK_06"})
    void aDownloadInBlocksOfTheSizeThatIsAskedForAtOnce(int szx) throws Exception {
        RawMessage first = exchange(request(GET, "large").withBlock(BLOCK2, 0, false, szx), "2.05");
        assertThat(first.uint(BLOCK2)).isEqualTo(MORE | szx);
        assertThat(first.text()).hasSize(16 << szx);
        assertThat(rest(first, GET, "2.05", szx, "large")).isEqualTo(LARGE);
        assertThat(service.called()).containsExactly("GET /large");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 6})
    @Etsi("TD_COAP_BLOCK_02")
    void aDownloadInBlocksOfTheSizeThatIsAskedForLate(int szx) throws Exception {
        RawMessage first = exchange(request(GET, "large"), "2.05");
        assertThat(first.uint(BLOCK2)).isEqualTo(MORE | 6);
        assertThat(first.text()).hasSize(1024);
        assertThat(rest(first, GET, "2.05", szx, "large")).isEqualTo(LARGE);
        assertThat(service.called()).containsExactly("GET /large");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 6})
    @Etsi("TD_COAP_BLOCK_03")
    void aPutInBlocks(int szx) throws Exception {
        RawMessage last = allButTheLast(PUT, szx, "large-update");
        assertThat(exchange(last, "2.04").uint(BLOCK1)).isEqualTo(last.uint(BLOCK1));
        assertThat(service.calls()).singleElement().satisfies(call -> {
            assertThat(call.method()).isEqualTo("PUT");
            assertThat(call.body()).isEqualTo(LARGE);
            assertThat(call.headers().get("Content-type"))
                    .singleElement()
                    .asString()
                    .startsWith("text/plain");
        });
    }

    /** The first block has 256 bytes; the gateway wants 64, so that the next is the fourth of them. */
    @Test
    @Etsi("TD_COAP_BLOCK_03")
    void aPutInBlocksOfTheSizeThatTheGatewayAsksFor() throws Exception {
        stopGateway();
        gateway = start("coap: {max-block: 64, ack-timeout: 60s, piggyback-window: 50s}");
        device = gateway.device("sensor-1");
        RawMessage first = request(PUT, "large-update").withBlock(BLOCK1, 0, true, 4);
        RawMessage asked = exchange(first.withPayload(LARGE.substring(0, 256)), "2.31");
        assertThat(asked.uint(BLOCK1)).isEqualTo(MORE | 2);
        int last = (LARGE.length() - 1) / 64;
        for (int number = 4; number <= last; number++) {
            boolean more = number < last;
            String part = LARGE.substring(number * 64, Math.min((number + 1) * 64, LARGE.length()));
            RawMessage block = request(PUT, "large-update").withBlock(BLOCK1, number, more, 2);
            exchange(block.withPayload(part), more ? "2.31" : "2.04");
        }
        assertThat(service.calls())
                .singleElement()
                .satisfies(call -> assertThat(call.body()).isEqualTo(LARGE));
    }

    private void stopGateway() {
        device.close();
        gateway.close();
    }

    @Test
    @Etsi("TD_COAP_BLOCK_04")
    void aPostInBlocksCreatesSomethingThatCanBeHad() throws Exception {
        RawMessage last = allButTheLast(POST, 4, "large-create");
        RawMessage created = exchange(last, "2.01");
        assertThat(created.uint(BLOCK1)).isEqualTo(last.uint(BLOCK1));
        String[] location = created.texts(LOCATION_PATH).toArray(String[]::new);
        assertThat(location).hasSize(2).startsWith("large-create");
        RawMessage first = exchange(request(GET, location), "2.05");
        assertThat(rest(first, GET, "2.05", 6, location)).isEqualTo(LARGE);
    }

    /** The second number is the size of the blocks of the answer, which the device says with its last block or later. */
    @ParameterizedTest
    @CsvSource({"4, 6", "4, 3", "6, 0"})
    @Etsi("TD_COAP_BLOCK_05")
    void aPostInBlocksIsAnsweredInBlocksAndTheServiceAskedOnce(int szx, int answerSzx) throws Exception {
        RawMessage last = allButTheLast(POST, szx, "large-post");
        RawMessage first = exchange(last, "2.04");
        assertThat(first.uint(BLOCK1)).isEqualTo(last.uint(BLOCK1));
        assertThat(first.uint(BLOCK2)).isEqualTo(MORE | 6);
        assertThat(first.text()).hasSize(1024);
        assertThat(rest(first, POST, "2.04", answerSzx, "large-post")).isEqualTo(LARGE);
        assertThat(service.called()).containsExactly("POST /large-post");
    }
}
