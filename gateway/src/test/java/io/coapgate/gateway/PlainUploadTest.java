package io.coapgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.gateway.device.Devices;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.serialization.UdpDataSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The plain port: /authz-info and nothing else, and no more of it than it should be. */
class PlainUploadTest {
    private final Path directory;

    PlainUploadTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @ParameterizedTest
    @CsvSource({"GET,authz-info,METHOD_NOT_ALLOWED", "POST,temp,NOT_FOUND", "GET,.well-known,NOT_FOUND"})
    void thereIsNothingElseOnThePort(Code method, String path, ResponseCode expected) throws Exception {
        try (AceGateway gateway = AceGateway.of(directory, "devices: any");
                PlainClient client = new PlainClient(gateway.authzInfo())) {
            Request request = PlainClient.post(path, new byte[] {1});
            Request other = new Request(method, CoAP.Type.CON);
            other.setMID(request.getMID()).setToken(request.getToken());
            other.setOptions(request.getOptions());

            Response response = client.exchange(other);

            assertThat(response.getCode()).isEqualTo(expected);
            assertThat(response.getType()).isEqualTo(CoAP.Type.ACK);
            assertThat(response.getMID()).isEqualTo(request.getMID());
            assertThat(response.getToken()).isEqualTo(request.getToken());
        }
    }

    @Test
    void whateverComesTheAnswerIsNoLongerThanTheQuestion() throws Exception {
        Random random = new Random(9202);
        try (AceGateway gateway = AceGateway.of(directory, "devices: any");
                PlainClient client = new PlainClient(gateway.authzInfo())) {
            byte[] upload =
                    new UdpDataSerializer().getByteArray(PlainClient.post("authz-info", new byte[] {(byte) 0xd2}));
            for (int i = 0; i < 300; i++) {
                byte[] mutated = upload.clone();
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
                client.send(mutated);
                client.receive(20).ifPresent(answer -> assertThat(answer).hasSizeLessThanOrEqualTo(upload.length));
            }
            // and it is still there
            byte[] token = gateway.signed(gateway.claims("d", "read")
                    .confirmation(AceGateway.key(Devices.p256().getPublic()))
                    .build());
            while (client.receive(50).isPresent()) {}
            assertThat(client.upload(token).getCode()).isEqualTo(ResponseCode.CREATED);
        }
    }

    @Test
    void aPingIsAnsweredWithAResetAndNothingThatIsNoRequestGetsMore() throws Exception {
        try (AceGateway gateway = AceGateway.of(directory, "devices: any");
                PlainClient client = new PlainClient(gateway.authzInfo())) {
            assertThat(client.exchange(HexFormat.of().parseHex("40001234"), 30_000))
                    .hasValueSatisfying(reset -> assertThat(reset).containsExactly(0x70, 0, 0x12, 0x34));
            assertThat(client.exchange(new byte[] {1}, 200)).isEmpty();
            assertThat(client.exchange(HexFormat.of().parseHex("60441234"), 200))
                    .isEmpty(); // an acknowledged 2.04
        }
    }

    @Test
    void oneThatIsTooFastIsNotHeard() throws Exception {
        try (AceGateway gateway = new AceGateway(
                        directory, "devices: any", "authz-info: {port: 0, uploads-per-minute-and-address: 2}", "");
                PlainClient client = new PlainClient(gateway.authzInfo())) {
            byte[] ping = HexFormat.of().parseHex("40001234");
            assertThat(client.exchange(ping, 30_000)).isPresent();
            assertThat(client.exchange(ping, 30_000)).isPresent();
            for (int i = 0; i < 20; i++) {
                client.send(ping);
            }
            assertThat(client.receive(300)).isEmpty();
            gateway.awaitMetric("coapgate_authz_info_datagrams_dropped 20.0");
        }
    }

    @Test
    void tokensOfOneSourceThatNoHandshakeUsesAreBoundedAndDroppedAfterAWhile() throws Exception {
        try (AceGateway gateway = new AceGateway(
                        directory,
                        "devices: any",
                        "authz-info: {port: 0, uploads-per-minute-and-address: 1000}",
                        "waiting: {max: 3, max-per-address: 2, unused-for: 1m}");
                PlainClient client = new PlainClient(gateway.authzInfo())) {
            assertThat(client.upload(fresh(gateway)).getCode()).isEqualTo(ResponseCode.CREATED);
            assertThat(client.upload(fresh(gateway)).getCode()).isEqualTo(ResponseCode.CREATED);
            assertThat(client.upload(fresh(gateway)).getCode()).isEqualTo(ResponseCode.TOO_MANY_REQUESTS);
            gateway.clock().advance(java.time.Duration.ofMinutes(1));
            assertThat(client.upload(fresh(gateway)).getCode()).isEqualTo(ResponseCode.CREATED);
            gateway.awaitMetric("coapgate_tokens_for_handshakes 1.0");
        }
    }

    @Test
    void aSelfIssuedTokenMeansNothingBeforeTheSession() throws Exception {
        try (AceGateway gateway = AceGateway.of(directory, "devices: any");
                PlainClient client = new PlainClient(gateway.authzInfo())) {
            byte[] token = io.coapgate.gateway.token.Cwts.selfIssued(
                    "d3",
                    gateway.d3,
                    gateway.claims("d3", "read")
                            .confirmation(AceGateway.key(gateway.d3.getPublic()))
                            .build());

            assertThat(client.upload(token).getCode()).isEqualTo(ResponseCode.UNAUTHORIZED);
        }
    }

    private static byte[] fresh(AceGateway gateway) {
        return gateway.signed(gateway.claims("d", "read")
                .confirmation(AceGateway.key(Devices.p256().getPublic()))
                .build());
    }
}
