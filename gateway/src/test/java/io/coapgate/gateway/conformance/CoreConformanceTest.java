package io.coapgate.gateway.conformance;

import static io.coapgate.gateway.RawMessage.ACCEPT;
import static io.coapgate.gateway.RawMessage.ACK;
import static io.coapgate.gateway.RawMessage.CON;
import static io.coapgate.gateway.RawMessage.CONTENT_FORMAT;
import static io.coapgate.gateway.RawMessage.ETAG;
import static io.coapgate.gateway.RawMessage.IF_MATCH;
import static io.coapgate.gateway.RawMessage.IF_NONE_MATCH;
import static io.coapgate.gateway.RawMessage.LOCATION_PATH;
import static io.coapgate.gateway.RawMessage.LOCATION_QUERY;
import static io.coapgate.gateway.RawMessage.NON;
import static io.coapgate.gateway.RawMessage.RST;
import static io.coapgate.gateway.RawMessage.URI_QUERY;
import static io.coapgate.gateway.RawMessage.con;
import static io.coapgate.gateway.RawMessage.empty;
import static io.coapgate.gateway.RawMessage.non;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.gateway.PskGateway;
import io.coapgate.gateway.RawCoapClient;
import io.coapgate.gateway.RawMessage;
import io.coapgate.gateway.RunningGateway.Call;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** TD_COAP_CORE, as far as answers ride on acknowledgements. */
@Timeout(60)
class CoreConformanceTest {
    private static final String GET = "0.01";
    private static final String POST = "0.02";
    private static final String PUT = "0.03";
    private static final String DELETE = "0.04";
    private static final int PLAIN = 0;
    private static final int XML = 41;
    private static final int JSON = 50;

    private final EtsiService service = new EtsiService();
    private final PskGateway gateway;
    private final RawCoapClient device;
    private int mid = 100;

    CoreConformanceTest(@TempDir Path directory) throws Exception {
        gateway = new PskGateway(directory, service.port(), PskGateway.PATIENT, "response-timeout: 50s");
        device = gateway.device("sensor-1");
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

    /** The answer on the acknowledgement of this request. */
    private RawMessage acknowledged(RawMessage request, String code) throws Exception {
        return acknowledged(device, request, code);
    }

    private static RawMessage acknowledged(RawCoapClient device, RawMessage request, String code) throws Exception {
        RawMessage answer = device.exchange(request);
        assertThat(answer.type()).isEqualTo(ACK);
        assertThat(answer.mid()).isEqualTo(request.mid());
        assertThat(answer.token()).isEqualTo(request.token());
        assertThat(answer.codeText()).isEqualTo(code);
        return answer;
    }

    /** The answer in a message of its own, which wants no acknowledgement, to a request that wanted none. */
    private RawMessage unacknowledged(RawMessage request, String code) throws Exception {
        RawMessage answer = device.exchange(request);
        assertThat(answer.type()).isEqualTo(NON);
        assertThat(answer.token()).isEqualTo(request.token());
        assertThat(answer.codeText()).isEqualTo(code);
        return answer;
    }

    private static void isTheTest(RawMessage answer) {
        assertThat(answer.uint(CONTENT_FORMAT)).isEqualTo(PLAIN);
        assertThat(answer.text()).isEqualTo("test");
    }

    private void theServiceGot(String method, String body, String type) {
        assertThat(service.calls()).singleElement().satisfies(call -> {
            assertThat(call.method()).isEqualTo(method);
            assertThat(call.uri()).isEqualTo("/test");
            assertThat(call.body()).isEqualTo(body);
            assertThat(call.headers().get("Content-type")).containsExactly(type);
        });
    }

    private static RawMessage withJson(RawMessage request) {
        return request.withUint(CONTENT_FORMAT, JSON).withPayload("{\"t\":21}");
    }

    @Test
    @Etsi("TD_COAP_CORE_01")
    void aGetOverCon() throws Exception {
        isTheTest(acknowledged(request(GET, "test"), "2.05"));
        assertThat(service.called()).containsExactly("GET /test");
    }

    @Test
    @Etsi("TD_COAP_CORE_02")
    void aDeleteOverCon() throws Exception {
        assertThat(acknowledged(request(DELETE, "test"), "2.02").payload()).isEmpty();
        assertThat(service.called()).containsExactly("DELETE /test");
    }

    @Test
    @Etsi("TD_COAP_CORE_03")
    void aPutOverCon() throws Exception {
        acknowledged(withJson(request(PUT, "test")), "2.04");
        theServiceGot("PUT", "{\"t\":21}", "application/json");
    }

    @Test
    @Etsi({"TD_COAP_CORE_04", "TD_COAP_CORE_18"})
    void aPostOverConAndWhereWhatItMadeIs() throws Exception {
        RawMessage answer = acknowledged(withJson(request(POST, "test")), "2.01");
        assertThat(answer.texts(LOCATION_PATH)).containsExactly("location1", "location2", "location3");
        theServiceGot("POST", "{\"t\":21}", "application/json");
    }

    @Test
    @Etsi("TD_COAP_CORE_05")
    void aGetOverNon() throws Exception {
        RawMessage first = unacknowledged(non(GET, 1, "test"), "2.05");
        RawMessage second = unacknowledged(non(GET, 2, "test"), "2.05");
        isTheTest(first);
        isTheTest(second);
        assertThat(second.mid()).as("of the gateway's own").isNotEqualTo(first.mid());
        device.expectNothing();
    }

    @Test
    @Etsi("TD_COAP_CORE_06")
    void aDeleteOverNon() throws Exception {
        unacknowledged(non(DELETE, 1, "test"), "2.02");
        assertThat(service.called()).containsExactly("DELETE /test");
        device.expectNothing();
    }

    @Test
    @Etsi("TD_COAP_CORE_07")
    void aPutOverNon() throws Exception {
        unacknowledged(withJson(non(PUT, 1, "test")), "2.04");
        theServiceGot("PUT", "{\"t\":21}", "application/json");
        device.expectNothing();
    }

    @Test
    @Etsi("TD_COAP_CORE_08")
    void aPostOverNon() throws Exception {
        RawMessage answer = unacknowledged(withJson(non(POST, 1, "test")), "2.01");
        assertThat(answer.texts(LOCATION_PATH)).containsExactly("location1", "location2", "location3");
        theServiceGot("POST", "{\"t\":21}", "application/json");
        device.expectNothing();
    }

    @Test
    @Etsi({"TD_COAP_CORE_10", "TD_COAP_CORE_12"})
    void tokensOfEveryLengthComeBack() throws Exception {
        for (int length = 0; length <= 8; length++) {
            byte[] token = new byte[length];
            Arrays.fill(token, (byte) (0xF0 + length));
            isTheTest(acknowledged(request(GET, "test").withToken(token), "2.05"));
        }
    }

    @Test
    @Etsi("TD_COAP_CORE_13")
    void severalPathOptions() throws Exception {
        RawMessage answer = acknowledged(request(GET, "seg1", "seg2", "seg3"), "2.05");
        assertThat(answer.uint(CONTENT_FORMAT)).isEqualTo(PLAIN);
        assertThat(answer.text()).isEqualTo("/seg1/seg2/seg3");
    }

    @Test
    @Etsi("TD_COAP_CORE_14")
    void severalQueryOptions() throws Exception {
        RawMessage request = request(GET, "query");
        for (String argument : List.of("first=1", "second=2", "third=3")) {
            request = request.with(URI_QUERY, argument.getBytes(UTF_8));
        }
        assertThat(acknowledged(request, "2.05").text()).isEqualTo("/query?first=1&second=2&third=3");
    }

    /** The first copy of the request is lost before it gets here, and the answer to the second on its way back. */
    @Test
    @Etsi("TD_COAP_CORE_15")
    void anAnswerThatIsLostComesAgainAndTheServiceIsAskedOnce() throws Exception {
        RawMessage request = request(GET, "test");
        byte[] lost = acknowledged(request, "2.05").bytes();
        RawMessage again = acknowledged(request, "2.05");
        isTheTest(again);
        assertThat(again.bytes()).isEqualTo(lost);
        assertThat(service.called()).containsExactly("GET /test");
        device.expectNothing();
    }

    @Test
    @Etsi({"TD_COAP_CORE_19", "TD_COAP_CORE_25"})
    void severalLocationQueryOptions() throws Exception {
        RawMessage answer = acknowledged(withJson(request(POST, "location-query")), "2.01");
        assertThat(answer.texts(LOCATION_PATH)).containsExactly("location-query");
        assertThat(answer.texts(LOCATION_QUERY)).containsExactly("first=1", "second=2");
    }

    @Test
    @Etsi({"TD_COAP_CORE_20", "TD_COAP_CORE_26"})
    void acceptChoosesTheFormat() throws Exception {
        RawMessage plain = acknowledged(request(GET, "multi-format").withUint(ACCEPT, PLAIN), "2.05");
        RawMessage xml = acknowledged(request(GET, "multi-format").withUint(ACCEPT, XML), "2.05");
        assertThat(plain.uint(CONTENT_FORMAT)).isEqualTo(PLAIN);
        assertThat(plain.text()).isEqualTo("multi");
        assertThat(xml.uint(CONTENT_FORMAT)).isEqualTo(XML);
        assertThat(xml.text()).isEqualTo("<multi/>");
        assertThat(service.calls())
                .extracting(call -> Objects.requireNonNull(call.headers().get("Accept"), "Accept")
                        .get(0))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("text/plain"),
                        second -> assertThat(second).isEqualTo("application/xml"));
    }

    @Test
    @Etsi("TD_COAP_CORE_21")
    void validationByEntityTag() throws Exception {
        byte[] etag = etag(acknowledged(request(GET, "validate"), "2.05"));
        RawMessage valid = acknowledged(request(GET, "validate").with(ETAG, etag), "2.03");
        assertThat(etag(valid)).isEqualTo(etag);
        assertThat(valid.payload()).isEmpty();
        anotherDevicePuts("changed");
        RawMessage changed = acknowledged(request(GET, "validate").with(ETAG, etag), "2.05");
        assertThat(etag(changed)).isNotEqualTo(etag);
        assertThat(changed.text()).isEqualTo("changed");
    }

    private static byte[] etag(RawMessage answer) {
        return answer.option(ETAG).orElseThrow();
    }

    private void anotherDevicePuts(String text) throws Exception {
        try (RawCoapClient other = gateway.device("sensor-2")) {
            acknowledged(other, con(PUT, 1, "validate").withPayload(text), "2.04");
        }
    }

    @Test
    @Etsi({"TD_COAP_CORE_22", "TD_COAP_CORE_27"})
    void whatHasChangedSinceIsNotReplaced() throws Exception {
        byte[] first = etag(acknowledged(request(GET, "validate"), "2.05"));
        RawMessage put = request(PUT, "validate").with(IF_MATCH, first).withPayload("mine");
        byte[] told = etag(acknowledged(put, "2.04"));
        RawMessage current = acknowledged(request(GET, "validate"), "2.05");
        assertThat(current.text()).isEqualTo("mine");
        assertThat(etag(current)).isEqualTo(told).isNotEqualTo(first);
        anotherDevicePuts("theirs");
        RawMessage late = request(PUT, "validate").with(IF_MATCH, told).withPayload("mine again");
        acknowledged(late, "4.12");
        assertThat(acknowledged(request(GET, "validate"), "2.05").text()).isEqualTo("theirs");
    }

    @Test
    @Etsi({"TD_COAP_CORE_23", "TD_COAP_CORE_28"})
    void whatExistsIsNotCreated() throws Exception {
        for (String resource : List.of("create1", "create3")) {
            RawMessage put = request(PUT, resource).with(IF_NONE_MATCH).withPayload("new");
            acknowledged(put, "2.01");
            acknowledged(request(PUT, resource).with(IF_NONE_MATCH).withPayload("newer"), "4.12");
        }
        assertThat(service.calls())
                .hasSize(4)
                .allSatisfy(
                        call -> assertThat(call.headers().get("If-none-match")).containsExactly("*"));
    }

    @Test
    @Etsi("TD_COAP_CORE_24")
    void theLocationLeadsBackThroughTheGateway() throws Exception {
        RawMessage created = acknowledged(withJson(request(POST, "create2")), "2.01");
        Call call = service.calls().get(0);
        assertThat(call.body()).isEqualTo("{\"t\":21}");
        assertThat(call.headers().get("Content-type")).containsExactly("application/json");
        String[] location = created.texts(LOCATION_PATH).toArray(String[]::new);
        assertThat(location).containsExactly("location1", "location2", "location3");
        assertThat(acknowledged(request(GET, location), "2.05").text()).isEqualTo("{\"t\":21}");
    }

    @Test
    @Etsi("TD_COAP_CORE_31")
    void aPing() throws Exception {
        RawMessage pong = device.exchange(empty(CON, 4711));
        assertThat(pong.bytes()).isEqualTo(empty(RST, 4711).bytes()).hasSize(4);
    }
}
