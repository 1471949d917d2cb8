package io.coapgate.gateway.conformance;

import static io.coapgate.gateway.RawMessage.ACK;
import static io.coapgate.gateway.RawMessage.CON;
import static io.coapgate.gateway.RawMessage.CONTENT_FORMAT;
import static io.coapgate.gateway.RawMessage.NON;
import static io.coapgate.gateway.RawMessage.con;
import static io.coapgate.gateway.RawMessage.empty;
import static io.coapgate.gateway.RawMessage.non;
import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.gateway.PskGateway;
import io.coapgate.gateway.RawCoapClient;
import io.coapgate.gateway.RawMessage;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TD_COAP_CORE, where the service takes longer than an acknowledgement can wait. */
@Timeout(60)
class SeparateConformanceTest {
    private static final String GET = "0.01";

    private final EtsiService service = new EtsiService();
    private final PskGateway gateway;
    private final RawCoapClient device;

    /** What is not acknowledged comes again after 4 to 6 s: soon, and not while a slow machine reads the first. */
    SeparateConformanceTest(@TempDir Path directory) throws Exception {
        String listener = "coap: {ack-timeout: 4s, piggyback-window: 50ms}";
        gateway = new PskGateway(directory, service.port(), listener, "response-timeout: 50s");
        device = gateway.device("sensor-1");
    }

    @AfterEach
    void stop() {
        device.close();
        gateway.close();
        service.close();
    }

    private void isAcknowledged(RawMessage request) throws Exception {
        assertThat(device.exchange(request).bytes())
                .isEqualTo(empty(ACK, request.mid()).bytes());
    }

    private static void answers(RawMessage answer, int type, RawMessage request) {
        assertThat(answer.type()).isEqualTo(type);
        assertThat(answer.token()).isEqualTo(request.token());
        assertThat(answer.codeText()).isEqualTo("2.05");
        assertThat(answer.uint(CONTENT_FORMAT)).isZero();
        assertThat(answer.text()).isEqualTo("separate");
    }

    private void acknowledge(RawMessage answer) {
        device.send(empty(ACK, answer.mid()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8})
    @Etsi({"TD_COAP_CORE_09", "TD_COAP_CORE_11"})
    void anAnswerOfItsOwnAfterAnEmptyAcknowledgement(int tokenBytes) throws Exception {
        RawMessage request = con(GET, 17, "separate").withToken(new byte[tokenBytes]);
        isAcknowledged(request);
        service.release();
        RawMessage answer = device.receive();
        answers(answer, CON, request);
        acknowledge(answer);
        device.expectNothing();
        assertThat(service.called()).containsExactly("GET /separate");
    }

    @Test
    @Etsi("TD_COAP_CORE_16")
    void whateverIsLostComesAgain() throws Exception {
        RawMessage request = con(GET, 17, "separate");
        isAcknowledged(request); // the request itself was lost before, and is here for the first time
        isAcknowledged(request); // its acknowledgement was lost
        service.release();
        RawMessage lost = device.receive();
        answers(lost, CON, request);
        RawMessage again = device.receive();
        assertThat(again.bytes()).isEqualTo(lost.bytes());
        acknowledge(again);
        device.expectNothing();
        assertThat(service.called()).containsExactly("GET /separate");
    }

    /** The answer stands for the acknowledgement that was lost: whoever has it need not ask again. */
    @Test
    @Etsi("TD_COAP_CORE_16")
    void anAcknowledgementThatIsLostHoldsNothingUp() throws Exception {
        RawMessage one = con(GET, 17, "separate");
        RawMessage other = con(GET, 18, "separate");
        isAcknowledged(one);
        isAcknowledged(other);
        service.release();
        RawMessage answer = device.receive();
        acknowledge(answer);
        // messages are handled side by side; that the other has its turn says that this acknowledgement has been
        assertThat(device.receive().token()).isNotEqualTo(answer.token());
        RawMessage request = Arrays.equals(answer.token(), one.token()) ? one : other;
        answers(answer, CON, request);
        isAcknowledged(request); // the device's own retransmission crossed the answer
        device.expectNothing();
        assertThat(service.called()).containsExactly("GET /separate", "GET /separate");
    }

    @Test
    @Etsi("TD_COAP_CORE_17")
    void aSlowAnswerToNonIsNonAndNothingComesBeforeIt() throws Exception {
        RawMessage request = non(GET, 17, "separate");
        device.send(request);
        device.expectNothing();
        service.release();
        answers(device.receive(), NON, request);
        device.expectNothing();
    }
}
