package io.coapgate.gateway;

import static io.coapgate.gateway.RawMessage.ETAG;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.gateway.upstream.RawServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever options a device makes up, and whatever it puts into an ETag: what it is told and what the service gets. */
@Timeout(120)
class OptionMappingPropertyTest {
    private static final int CASES = 500;
    private static final Set<Integer> KNOWN =
            Set.of(1, 3, 4, 5, 6, 7, 11, 12, 15, 16, 17, 23, 27, 28, 35, 39, 60, 252, 258, 292);
    /** What the service can send as an entity-tag, RFC 9110 §8.8.3. */
    private static final Pattern TAG = Pattern.compile("\"[\\x21\\x23-\\x7e]+\"");

    private final RawServer service = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    private final PskGateway gateway;
    private final RawCoapClient device;

    OptionMappingPropertyTest(@TempDir Path directory) throws Exception {
        gateway = new PskGateway(directory, service.port(), PskGateway.PATIENT, "response-timeout: 50s");
        device = gateway.device("sensor-1");
    }

    @AfterEach
    void stop() throws Exception {
        device.close();
        gateway.close();
        service.close();
    }

    /** The newest request, but for the header that is another one each time. */
    private String served() {
        List<String> requests = service.requests();
        return requests.get(requests.size() - 1).replaceAll("(?m)^traceparent: .*\r\n", "");
    }

    private static byte[] randomBytes(Random random, int least, int most) {
        byte[] bytes = new byte[least + random.nextInt(most - least + 1)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** RFC 7252 §5.4.1: odd numbers are critical. */
    @Test
    void unknownOptionsAreIgnoredIfElectiveAndRefusedIfCritical() throws Exception {
        device.exchange(RawMessage.con("0.01", 0, "a"));
        String bare = served();
        int forwarded = 1;
        Random random = new Random(541);
        for (int mid = 1; mid <= CASES; mid++) {
            int[] numbers = random.ints(0, 1 << 16)
                    .filter(number -> number > 0 && !KNOWN.contains(number))
                    .limit(1 + random.nextInt(4))
                    .toArray();
            RawMessage request = RawMessage.con("0.01", mid, "a");
            for (int number : numbers) {
                request = request.with(number, randomBytes(random, 0, 40));
            }
            boolean critical = IntStream.of(numbers).anyMatch(number -> number % 2 == 1);
            assertThat(device.exchange(request).codeText()).as("%s", request).isEqualTo(critical ? "4.02" : "2.05");
            forwarded += critical ? 0 : 1;
            assertThat(service.requests()).as("%s", request).hasSize(forwarded);
            assertThat(served()).isEqualTo(bare);
        }
        assertThat(forwarded).isBetween(CASES / 10, CASES * 9 / 10);
    }

    @Test
    void anEntityTagCrossesAsItIsOrNotAtAll() throws Exception {
        device.exchange(RawMessage.con("0.01", 0, "a"));
        String bare = served();
        int crossed = 0;
        Random random = new Random(586);
        for (int mid = 1; mid <= CASES; mid++) {
            byte[] tag = randomBytes(random, 1, 8);
            if (random.nextInt(4) > 0) { // mostly characters, or hardly any would cross
                IntStream.range(0, tag.length).forEach(i -> tag[i] = (byte) (0x20 + (tag[i] & 0x3f)));
            }
            RawMessage request = RawMessage.con("0.01", mid, "a").with(ETAG, tag);
            assertThat(device.exchange(request).codeText()).isEqualTo("2.05");
            Optional<String> condition = served().lines()
                    .filter(line -> line.startsWith("if-none-match: "))
                    .map(line -> line.substring("if-none-match: ".length()))
                    .findFirst();
            if (condition.isPresent()) {
                assertThat(condition.get()).matches(TAG).isEqualTo('"' + new String(tag, ISO_8859_1) + '"');
                crossed++;
            }
            assertThat(served().replaceAll("(?m)^if-none-match: .*\r\n", "")).isEqualTo(bare);
        }
        assertThat(crossed).isBetween(CASES / 10, CASES * 9 / 10);
    }
}
