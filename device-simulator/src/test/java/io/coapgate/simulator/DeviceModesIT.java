package io.coapgate.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.jose.VerifiedJwt;
import io.coapgate.simulator.device.Answer;
import io.coapgate.simulator.device.Credential;
import io.coapgate.simulator.device.DeviceProfile;
import io.coapgate.simulator.device.DeviceRequest;
import io.coapgate.simulator.device.Method;
import io.coapgate.simulator.device.PskSuite;
import io.coapgate.simulator.device.SimulatedDevice;
import io.coapgate.simulator.device.TokenSource;
import io.coapgate.simulator.launch.GatewaySetup;
import io.coapgate.simulator.upstream.ReceivedRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of credential with each way to a JWT, through the gateway's jar to the service. */
@ExtendWith(House.Keeper.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeviceModesIT {
    private static final byte[] READING = "{\"celsius\":21.5}".getBytes(StandardCharsets.UTF_8);

    private final House house;

    DeviceModesIT(House house) {
        this.house = house;
    }

    Stream<DeviceProfile> devices() {
        return Stream.of(house.psk(), house.rpk(), house.edwards(), house.x509());
    }

    @ParameterizedTest
    @MethodSource("devices")
    void sessionAloneOpensRoutesThatAskForNoMore(DeviceProfile profile) throws Exception {
        try (SimulatedDevice device = house.start(profile)) {
            Answer answer = House.await(device.request(post(House.SESSION_PATH)));
            assertThat(answer.code()).isEqualTo("2.04");
            assertThat(answer.handshake()).isTrue();
            assertThatServiceSaw(profile, House.SESSION_PATH);
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void cwtOfTheAuthorizationServerOpensRoutes(DeviceProfile profile) throws Exception {
        TokenSource tokens = house.issuer().tokensFor(profile.id(), profile.credential(), House.GRANT);
        uploadAndPost(profile.withTokens(tokens));
    }

    @ParameterizedTest
    @MethodSource("devices")
    void cwtOfTheDeviceItselfOpensRoutes(DeviceProfile profile) throws Exception {
        uploadAndPost(profile.withTokens(House.selfIssued(profile)));
    }

    @ParameterizedTest
    @MethodSource("devices")
    void connectionIdIsNotNeeded(DeviceProfile profile) throws Exception {
        uploadAndPost(profile.withTokens(House.selfIssued(profile)).withoutConnectionId());
    }

    @ParameterizedTest
    @EnumSource(PskSuite.class)
    void everyPskSuiteIsSpoken(PskSuite suite) throws Exception {
        Credential.PreSharedKey psk = (Credential.PreSharedKey) house.psk().credential();
        DeviceProfile profile =
                DeviceProfile.of(house.psk().id(), new Credential.PreSharedKey(psk.identity(), psk.key(), suite));
        uploadAndPost(profile.withTokens(House.selfIssued(profile)));
    }

    @Test
    void sessionAndTokenLastForManyRequests() throws Exception {
        DeviceProfile profile = house.psk().withTokens(House.selfIssued(house.psk()));
        try (SimulatedDevice device = house.start(profile)) {
            House.await(device.uploadToken());
            String firstToken = "";
            for (int i = 0; i < 5; i++) {
                assertThat(House.await(device.request(post(House.TOKEN_PATH))).handshake())
                        .isFalse();
                String token = lastRequest().bearerToken().orElseThrow();
                assertThat(firstToken).isIn("", token); // one JWT for all of them, out of the cache
                firstToken = token;
            }
            assertThat(device.handshakes()).isEqualTo(1);
        }
    }

    @Test
    void answersCarryTheServicesBodyAndFormat() throws Exception {
        try (SimulatedDevice device = house.start(house.psk())) {
            Answer answer = House.await(device.request(DeviceRequest.get(House.SESSION_PATH + "?unit=celsius")));
            assertThat(answer.code()).isEqualTo("2.05");
            assertThat(answer.contentFormat()).hasValue(DeviceRequest.JSON);
            assertThat(answer.text()).contains("\"verdict\":\"accepted\"", "?unit=celsius");
        }
    }

    @Test
    void bodiesLongerThanADatagramComeThroughBlockByBlock() throws Exception {
        byte[] body = "x".repeat(5000).getBytes(StandardCharsets.UTF_8);
        try (SimulatedDevice device = house.start(house.rpk())) {
            Answer answer =
                    House.await(device.request(DeviceRequest.post(House.SESSION_PATH, body, DeviceRequest.TEXT_PLAIN)));
            assertThat(answer.isSuccess()).isTrue();
            assertThat(lastRequest().body()).isEqualTo(body);
        }
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void methodsMapToTheirHttpNamesakes(Method method) throws Exception {
        try (SimulatedDevice device = house.start(house.psk())) {
            DeviceRequest request =
                    new DeviceRequest(method, House.SESSION_PATH, new byte[0], OptionalInt.empty(), true);
            assertThat(House.await(device.request(request)).isSuccess()).isTrue();
            assertThat(lastRequest().method()).isEqualTo(method.name());
        }
    }

    @Test
    void nonConfirmableRequestsAreAnsweredToo() throws Exception {
        try (SimulatedDevice device = house.start(house.psk())) {
            House.await(device.connect());
            DeviceRequest request =
                    new DeviceRequest(Method.POST, House.SESSION_PATH, READING, OptionalInt.of(50), false);
            assertThat(House.await(device.request(request)).code()).isEqualTo("2.04");
        }
    }

    private void uploadAndPost(DeviceProfile profile) throws Exception {
        try (SimulatedDevice device = house.start(profile)) {
            assertThat(House.await(device.connect()).handshake()).isTrue();
            assertThat(House.await(device.uploadToken()).outcome()).isEqualTo("2.01");
            assertThat(House.await(device.request(post(House.TOKEN_PATH))).outcome())
                    .isEqualTo("2.04");
            assertThatServiceSaw(profile, House.TOKEN_PATH);
        }
    }

    private void assertThatServiceSaw(DeviceProfile profile, String path) {
        ReceivedRequest request = lastRequest();
        assertThat(request.uri()).isEqualTo(path);
        assertThat(request.body()).isEqualTo(READING);
        VerifiedJwt jwt = request.jwt().orElseThrow();
        assertThat(jwt.issuer()).isEqualTo(GatewaySetup.ISSUER);
        assertThat(jwt.subject()).isEqualTo(profile.id());
        assertThat(jwt.audience()).isEqualTo(List.of(GatewaySetup.SERVICE));
        assertThat(jwt.scope()).contains(GatewaySetup.WRITE_SCOPE);
        assertThat(jwt.claims()).containsAllEntriesOf(Map.of("device_model", "model-of-" + profile.id()));
        assertThat(request.header("Forwarded")).isPresent();
        assertThat(request.header("Via")).isPresent();
    }

    private ReceivedRequest lastRequest() {
        return house.upstream().lastRequest().orElseThrow();
    }

    private static DeviceRequest post(String path) {
        return DeviceRequest.post(path, READING, DeviceRequest.JSON);
    }
}
