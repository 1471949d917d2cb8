package io.coapgate.gateway.conformance;

import static io.coapgate.gateway.conformance.EtsiService.LARGE;
import static io.coapgate.gateway.conformance.LibcoapClient.GNUTLS;
import static io.coapgate.gateway.conformance.LibcoapClient.OPENSSL;
import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.gateway.PskGateway;
import io.coapgate.gateway.RawCoapClient;
import io.coapgate.gateway.RawMessage;
import io.coapgate.gateway.conformance.LibcoapClient.Message;
import io.coapgate.gateway.conformance.LibcoapClient.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** ETSI's tests with clients that were not made by us: libcoap on OpenSSL and on GnuTLS. */
@ParameterizedClass
@ValueSource(strings = {OPENSSL, GNUTLS})
@Timeout(240)
class EtsiLibcoapIT {
    private final Path directory;
    private final EtsiService service = new EtsiService();
    private final PskGateway gateway;
    private final LibcoapClient client;

    EtsiLibcoapIT(String program, @TempDir Path directory) throws Exception {
        this.directory = directory;
        gateway = new PskGateway(directory, service.port(), PskGateway.PATIENT, "observe: {interval: 100ms}");
        client = new LibcoapClient(program, gateway, directory);
    }

    @AfterEach
    void stop() {
        gateway.close();
        service.close();
    }

    private static void isTheTest(Run run, Message answer) {
        assertThat(answer.option("Content-Format")).isEqualTo("text/plain");
        assertThat(run.payload()).isEqualTo("test");
    }

    private static void isAcknowledged(Run run, Message answer) {
        assertThat(answer.mid()).isEqualTo(run.request().mid());
    }

    private void theServiceGot(String method, String body) {
        assertThat(service.calls()).singleElement().satisfies(call -> {
            assertThat(call.method()).isEqualTo(method);
            assertThat(call.body()).isEqualTo(body);
            assertThat(call.headers().get("Content-type")).containsExactly("application/json");
        });
    }

    @Test
    @Etsi("TD_COAP_CORE_01")
    void getsOverCon() throws Exception {
        Run run = client.run("/test", "-m", "get");
        isAcknowledged(run, run.response("ACK", "2.05"));
        isTheTest(run, run.response("ACK", "2.05"));
    }

    @Test
    @Etsi("TD_COAP_CORE_02")
    void deletesOverCon() throws Exception {
        Run run = client.run("/test", "-m", "delete");
        isAcknowledged(run, run.response("ACK", "2.02"));
        assertThat(service.called()).containsExactly("DELETE /test");
    }

    @Test
    @Etsi("TD_COAP_CORE_03")
    void putsOverCon() throws Exception {
        Run run = client.run("/test", "-m", "put", "-t", "50", "-e", "{}");
        isAcknowledged(run, run.response("ACK", "2.04"));
        theServiceGot("PUT", "{}");
    }

    @Test
    @Etsi({"TD_COAP_CORE_04", "TD_COAP_CORE_18"})
    void postsOverConAndLearnsWhereWhatItMadeIs() throws Exception {
        Run run = client.run("/test", "-m", "post", "-t", "50", "-e", "{}");
        Message answer = run.response("ACK", "2.01");
        isAcknowledged(run, answer);
        assertThat(answer.options())
                .containsExactly("Location-Path:location1", "Location-Path:location2", "Location-Path:location3");
        theServiceGot("POST", "{}");
    }

    @Test
    @Etsi("TD_COAP_CORE_05")
    void getsOverNon() throws Exception {
        Run run = client.run("/test", "-N", "-m", "get");
        isTheTest(run, run.response("NON", "2.05"));
    }

    @Test
    @Etsi("TD_COAP_CORE_06")
    void deletesOverNon() throws Exception {
        client.run("/test", "-N", "-m", "delete").response("NON", "2.02");
        assertThat(service.called()).containsExactly("DELETE /test");
    }

    @Test
    @Etsi("TD_COAP_CORE_07")
    void putsOverNon() throws Exception {
        client.run("/test", "-N", "-m", "put", "-t", "50", "-e", "{}").response("NON", "2.04");
        theServiceGot("PUT", "{}");
    }

    @Test
    @Etsi("TD_COAP_CORE_08")
    void postsOverNon() throws Exception {
        client.run("/test", "-N", "-m", "post", "-t", "50", "-e", "{}").response("NON", "2.01");
        theServiceGot("POST", "{}");
    }

    @Test
    @Etsi("TD_COAP_CORE_10")
    void getsItsTokenBack() throws Exception {
        for (String token : List.of("a", "abcd", "abcdefgh")) {
            Run run = client.run("/test", "-T", token);
            assertThat(run.request().token()).hasSize(2 * token.length());
            isTheTest(run, run.response("ACK", "2.05"));
        }
    }

    @Test
    @Etsi("TD_COAP_CORE_13")
    void namesSeveralSegments() throws Exception {
        assertThat(client.run("/seg1/seg2/seg3").payload()).isEqualTo("/seg1/seg2/seg3");
    }

    @Test
    @Etsi("TD_COAP_CORE_14")
    void namesSeveralArguments() throws Exception {
        assertThat(client.run("/query?first=1&second=2&third=3").payload())
                .isEqualTo("/query?first=1&second=2&third=3");
    }

    /** The first five datagrams at most are the handshake's, the one behind them is the request. */
    @Test
    @Etsi({"TD_COAP_CORE_15", "TD_COAP_DTLS_01", "TD_COAP_DTLS_03"})
    void isAnsweredWhicheverOfItsDatagramsIsLost() throws Exception {
        int retransmissions = 0;
        for (int lost = 1; lost <= 6; lost++) {
            Run run = client.run("/test", "-l", String.valueOf(lost));
            isTheTest(run, run.response("ACK", "2.05"));
            retransmissions += run.messages().size() - 2;
            assertThat(service.called()).hasSize(lost);
        }
        assertThat(retransmissions).as("of the request").isPositive();
    }

    @Test
    @Etsi("TD_COAP_CORE_19")
    void learnsSeveralArguments() throws Exception {
        Message answer = client.run("/location-query", "-m", "post", "-e", "x").response("ACK", "2.01");
        assertThat(answer.options())
                .containsExactly("Location-Path:location-query", "Location-Query:first=1", "Location-Query:second=2");
    }

    @Test
    @Etsi("TD_COAP_CORE_20")
    void choosesTheFormat() throws Exception {
        Run plain = client.run("/multi-format", "-A", "0");
        assertThat(plain.response("ACK", "2.05").option("Content-Format")).isEqualTo("text/plain");
        assertThat(plain.payload()).isEqualTo("multi");
        Run xml = client.run("/multi-format", "-A", "41");
        assertThat(xml.response("ACK", "2.05").option("Content-Format")).isEqualTo("application/xml");
        assertThat(xml.payload()).isEqualTo("<multi/>");
    }

    private String etag() throws Exception {
        return client.run("/validate").response("ACK", "2.05").option("ETag");
    }

    @Test
    @Etsi("TD_COAP_CORE_21")
    void validatesWhatItHas() throws Exception {
        String etag = etag();
        Run run = client.run("/validate", "-O", "4," + etag);
        assertThat(run.response("ACK", "2.03").option("ETag")).isEqualTo(etag);
        assertThat(run.payload()).isEmpty();
        client.run("/validate", "-m", "put", "-e", "changed").response("ACK", "2.04");
        Run changed = client.run("/validate", "-O", "4," + etag);
        assertThat(changed.response("ACK", "2.05").option("ETag")).isNotEqualTo(etag);
        assertThat(changed.payload()).isEqualTo("changed");
    }

    @Test
    @Etsi("TD_COAP_CORE_22")
    void replacesOnlyWhatItKnows() throws Exception {
        String etag = etag();
        client.run("/validate", "-m", "put", "-O", "1," + etag, "-e", "mine").response("ACK", "2.04");
        client.run("/validate", "-m", "put", "-O", "1," + etag, "-e", "again").response("ACK", "4.12");
        assertThat(client.run("/validate").payload()).isEqualTo("mine");
    }

    @Test
    @Etsi("TD_COAP_CORE_23")
    void createsOnlyWhatIsNotThere() throws Exception {
        client.run("/create1", "-m", "put", "-O", "5,", "-e", "new").response("ACK", "2.01");
        client.run("/create1", "-m", "put", "-O", "5,", "-e", "newer").response("ACK", "4.12");
    }

    @Test
    @Etsi({"TD_COAP_BLOCK_01", "TD_COAP_BLOCK_06"})
    void downloadsInBlocksOfTheSizeThatItAsksFor() throws Exception {
        for (int size : new int[] {16, 64, 256, 1024}) {
            Run run = client.run("/large", "-b", String.valueOf(size));
            assertThat(run.payload()).isEqualTo(LARGE);
            assertThat(run.responses())
                    .hasSizeGreaterThanOrEqualTo(LARGE.length() / size)
                    .allSatisfy(answer -> assertThat(answer.option("Block2")).endsWith("/" + size));
        }
    }

    @Test
    @Etsi("TD_COAP_BLOCK_02")
    void downloadsInBlocksOfTheGatewaysSize() throws Exception {
        Run run = client.run("/large");
        assertThat(run.request().options()).noneMatch(option -> option.startsWith("Block2"));
        assertThat(run.responses().get(0).option("Block2")).isEqualTo("0/M/1024");
        assertThat(run.payload()).isEqualTo(LARGE);
        assertThat(service.called()).containsExactly("GET /large");
    }

    private Run upload(String method, String path, int size) throws Exception {
        Path body = Files.writeString(directory.resolve("body"), LARGE);
        return client.run(path, "-m", method, "-t", "0", "-b", String.valueOf(size), "-f", body.toString());
    }

    @Test
    @Etsi("TD_COAP_BLOCK_03")
    void putsInBlocks() throws Exception {
        Run run = upload("put", "/large-update", 256);
        assertThat(run.responses())
                .extracting(Message::code)
                .contains("2.31")
                .last()
                .isEqualTo("2.04");
        assertThat(service.calls())
                .singleElement()
                .satisfies(call -> assertThat(call.body()).isEqualTo(LARGE));
    }

    @Test
    @Etsi("TD_COAP_BLOCK_04")
    void postsInBlocks() throws Exception {
        Run run = upload("post", "/large-create", 64);
        assertThat(run.responses())
                .extracting(Message::code)
                .contains("2.31")
                .last()
                .isEqualTo("2.01");
        assertThat(client.run("/large-create/1").payload()).isEqualTo(LARGE);
    }

    @Test
    @Etsi("TD_COAP_BLOCK_05")
    void postsInBlocksAndIsAnsweredInBlocks() throws Exception {
        assertThat(upload("post", "/large-post", 256).payload()).isEqualTo(LARGE);
        assertThat(service.called()).containsExactly("POST /large-post");
    }

    private CompletableFuture<Run> observing(String path, int seconds) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return client.run(path, "-s", String.valueOf(seconds));
            } catch (IOException | InterruptedException e) {
                throw new CompletionException(e);
            }
        });
    }

    /** A second device changes what the client observes, once its registration has reached the service. */
    @Test
    @Etsi({"TD_COAP_OBS_02", "TD_COAP_OBS_09"})
    void hearsOfChangesUntilItHasHadEnough() throws Exception {
        CompletableFuture<Run> observation = observing("/validate", 8);
        try (RawCoapClient other = gateway.device("sensor-2")) {
            for (int mid = 1; mid <= 3; mid++) {
                int calls = service.calls().size();
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> service.calls().size() > calls + 1);
                RawMessage put = RawMessage.con("0.03", mid, "validate").withPayload("change " + mid);
                assertThat(other.exchange(put).codeText()).isEqualTo("2.04");
            }
        }
        Run run = observation.get(60, TimeUnit.SECONDS);
        assertThat(run.payload()).contains("version 1", "change 1", "change 2", "change 3");
        assertThat(run.responses()).hasSizeGreaterThanOrEqualTo(4).allSatisfy(answer -> {
            assertThat(answer.code()).isEqualTo("2.05");
            assertThat(answer.token()).isEqualTo(run.request().token());
            assertThat(answer.option("Content-Format")).isEqualTo("text/plain");
        });
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> gateway.metrics().contains("coapgate_observations 0.0"));
    }
}
